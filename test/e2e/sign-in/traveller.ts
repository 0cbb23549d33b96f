export interface Arrived {
  readonly status: number;
  readonly url: URL;
  readonly body: string;
}

/** A browser that goes from the app to the provider and back, with a jar of cookies for each. */
export class Traveller {
  private readonly jars = new Map<string, Map<string, string>>();
  /** Every address on the way. */
  readonly way: string[] = [];
  /** What the app is not yet asked for: an address that holds this. */
  private stopsAt: string | null = null;

  constructor(
    private readonly issuer: string,
    private readonly account: string,
  ) {}

  /** Someone who has taken the cookies as they are now. */
  copy(): Traveller {
    const other = new Traveller(this.issuer, this.account);
    for (const [host, jar] of this.jars) other.jars.set(host, new Map(jar));
    return other;
  }

  /** Follows redirects, and fills in the provider's forms, until a page of the app's. */
  async go(address: string): Promise<Arrived> {
    let arrived = await this.follow('GET', new URL(address), undefined);
    for (let forms = 0; forms < 4 && arrived.url.origin === this.issuer && arrived.status === 200; forms += 1) {
      const action = /action="([^"]+)"/.exec(arrived.body)?.[1] ?? '';
      const prompt = /name="prompt" value="(\w+)"/.exec(arrived.body)?.[1] ?? '';
      const fields = new URLSearchParams({ prompt, login: this.account, password: 'x' });
      arrived = await this.follow('POST', new URL(action, arrived.url), fields);
    }
    return arrived;
  }

  /** Signs in at the provider, and holds back the answer that the browser is to bring to the app. */
  async answerTo(address: string): Promise<URL> {
    this.stopsAt = '/logga-in/extern/svar?';
    const { url } = await this.go(address);
    this.stopsAt = null;
    return url;
  }

  private async follow(method: string, url: URL, fields: URLSearchParams | undefined): Promise<Arrived> {
    this.way.push(url.href);
    if (this.stopsAt !== null && url.href.includes(this.stopsAt)) return { status: 0, url, body: '' };
    const jar = this.jars.get(url.host) ?? new Map<string, string>();
    this.jars.set(url.host, jar);
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: { Accept: 'text/html', Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(fields === undefined ? {} : { body: fields }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      jar.set(name, value);
    }
    const location = response.headers.get('location');
    const body = await response.text();
    if (location === null) return { status: response.status, url, body };
    return this.follow('GET', new URL(location, url), undefined);
  }
}
