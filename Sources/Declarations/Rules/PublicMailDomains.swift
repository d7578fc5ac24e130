/// Domains at which anybody can have an address.
enum PublicMailDomains {
  /// Tells whether a domain, or the one behind `*.`, is such a domain.
  static func contains(_ pattern: String) -> Bool { known.contains(LookalikeDomains.base(pattern)) }

  private static let known: Set<String> = [
    "126.com", "163.com", "aol.com", "fastmail.com", "free.fr", "gmail.com", "gmx.at", "gmx.ch",
    "gmx.com", "gmx.de", "gmx.net", "googlemail.com", "hotmail.co.uk", "hotmail.com", "hotmail.de",
    "hotmail.fr", "hotmail.it", "icloud.com", "laposte.net", "libero.it", "live.com", "live.se",
    "mac.com", "mail.com", "mail.ru", "me.com", "msn.com", "naver.com", "orange.fr", "outlook.com",
    "outlook.de", "outlook.fr", "pm.me", "proton.me", "protonmail.com", "qq.com", "rocketmail.com",
    "t-online.de", "tutanota.com", "uol.com.br", "wanadoo.fr", "web.de", "yahoo.co.in",
    "yahoo.co.jp", "yahoo.co.uk", "yahoo.com", "yahoo.de", "yahoo.fr", "yandex.com", "yandex.ru",
    "ymail.com", "zoho.com",
  ]
}
