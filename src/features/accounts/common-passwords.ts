/** Twelve characters or more, and yet among the first that are tried. In lower case. */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set([
  'qwertyuiop12', 'qwertyuiop123', 'qwertyuiopåä', 'qwertyuiopåäö', '1qaz2wsx3edc', '1q2w3e4r5t6y', '1q2w3e4r5t6y7u',
  'q1w2e3r4t5y6', 'zaq12wsxcde3', 'qazwsxedcrfv', 'asdfghjklöä1', 'asdfghjkl123', 'zxcvbnm12345', 'abc123abc123',
  'password1234', 'passw0rd1234', 'iloveyou1234', 'ilovedyou123', 'letmein12345', 'welcome12345', 'admin1234567',
  'administrator', 'changeme1234', 'sommaren2023', 'correcthorse', 'correct horse battery staple',
  'correcthorsebatterystaple', 'hejhejhejhej', 'jagälskardig', 'jag älskar dig', 'jagalskardig', 'enskedeårsta',
  'stockholmsstad', 'stadsdelsnämnd', 'stadsdelsförvaltning', 'kommunstyrelsen', 'kommunfullmäktige', 'nämndsekreterare',
  'registrator1', 'handläggare1',
]); // prettier-ignore

/** Words that a password is not made from by adding digits and signs. Letters only, in lower case. */
export const COMMON_WORDS: ReadonlySet<string> = new Set([
  'password', 'passord', 'lösenord', 'losenord', 'lösen', 'losen', 'mittlösenord', 'mittlosenord', 'hemligt', 'hemlig',
  'qwerty', 'qwertyuiop', 'asdfgh', 'asdfghjkl', 'zxcvbnm', 'admin', 'administrator', 'administratör', 'root', 'test',
  'tester', 'testtest', 'demo', 'demodemo', 'diarium', 'diariet', 'diarie', 'registrator', 'handläggare', 'handlaggare',
  'sekreterare', 'nämnden', 'kommun', 'kommunen', 'remiss', 'remisser', 'välkommen', 'valkommen', 'welcome', 'letmein',
  'iloveyou', 'sommar', 'sommaren', 'vinter', 'vintern', 'höst', 'hösten', 'host', 'hosten', 'vår', 'våren', 'var',
  'varen', 'januari', 'februari', 'mars', 'april', 'maj', 'juni', 'juli', 'augusti', 'september', 'oktober', 'november',
  'december', 'måndag', 'tisdag', 'onsdag', 'torsdag', 'fredag', 'lördag', 'söndag', 'stockholm', 'göteborg', 'goteborg',
  'malmö', 'malmo', 'uppsala', 'sverige', 'sweden', 'hammarby', 'djurgården', 'djurgarden', 'hejhej', 'hejsan', 'abc',
  'abcabc', 'monkey', 'dragon', 'football', 'fotboll', 'hockey', 'summer', 'winter', 'spring', 'autumn', 'changeme',
  'ändramig', 'andramig', 'temporary', 'tillfälligt', 'tillfalligt', 'company', 'kontor', 'kontoret',
]); // prettier-ignore
