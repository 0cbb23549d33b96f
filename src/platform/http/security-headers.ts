/** Everything a page needs comes from us, and nothing is written into it: no inline scripts, no inline styles. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "script-src-attr 'none'",
  "style-src 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
  "form-action 'self'",
  "img-src 'self' data:",
];

/**
 * What every answer carries so that browsers do no harm with it: of a route, of the router, and on a connection that
 * no request was read from.
 *
 * @param baseUrl the address of the app: with TLS, browsers are told to use nothing else
 */
export function securityHeaders(baseUrl: string): Readonly<Record<string, string>> {
  const isSecure = baseUrl.startsWith('https:');
  return {
    'Content-Security-Policy': [...POLICY, ...(isSecure ? ['upgrade-insecure-requests'] : [])].join(';'),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Origin-Agent-Cluster': '?1',
    'Referrer-Policy': 'same-origin',
    ...(isSecure ? { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' } : {}),
    'X-Content-Type-Options': 'nosniff',
    'X-DNS-Prefetch-Control': 'off',
    'X-Download-Options': 'noopen',
    'X-Frame-Options': 'DENY',
    'X-Permitted-Cross-Domain-Policies': 'none',
    'X-XSS-Protection': '0',
  };
}
