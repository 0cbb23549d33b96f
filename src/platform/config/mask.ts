/** The address with its password replaced, for logs and messages. Also for text that is no well-formed address. */
export function withoutPassword(address: string): string {
  return address.replace(/^([a-z][a-z0-9+.-]*:\/\/)(.*)@/i, (_all, scheme: string, credentials: string) => {
    const user = credentials.split(':', 1)[0] ?? '';
    return credentials.includes(':') ? `${scheme}${user}:***@` : `${scheme}${user}@`;
  });
}
