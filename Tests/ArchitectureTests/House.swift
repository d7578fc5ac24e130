/// The list of modules: what each may import, as the design draws it.
enum House {
  /// The rooms, with the rooms and C libraries that each may know.
  static let rooms: [String: Set<String>] = [
    "Platform": ["CPOSIX"],
    "Unicode": ["CUnicode"],
    "Git": ["CGit2", "Platform"],
    "YAML": ["CYAML"],
    "SQLite": ["CSQLite", "Platform"],
    "HTTP": ["CCurl", "Platform"],
    "HTTPServer": ["CMicroHTTPD", "Platform"],
    "Crypto": ["CCrypto"],
    "JSON": [],
    "Access": [],
    "Reconciliation": ["Access", "Crypto"],
    "Declarations": ["YAML", "Git", "Unicode", "Access"],
    "History": ["SQLite", "Crypto", "Platform", "Git", "Declarations", "Access"],
    "Remotes": ["Git", "HTTP", "Platform"],
    "MicrosoftGraph": ["HTTP", "Crypto", "JSON", "Access"],
    "Journal": ["SQLite", "Crypto", "Platform", "Access"],
    "Execution": ["Access", "Journal"],
    "Evidence": ["Access", "Reconciliation", "History", "Journal"],
    "Reporting": ["Access", "Reconciliation", "Evidence"],
    "Commands": [
      "Platform", "Unicode", "Git", "YAML", "SQLite", "HTTP", "Crypto", "Access",
      "Reconciliation", "Declarations", "History", "Remotes", "MicrosoftGraph", "Journal",
      "Execution", "Evidence", "Reporting",
    ],
    "guestlist": ["Commands"],
    "GraphEmulator": ["HTTPServer", "Crypto", "JSON", "Platform"],
    "graph-emulator": ["GraphEmulator"],
  ]

  /// The C libraries, each behind the one module that may import it.
  static let doors: [String: String] = [
    "CGit2": "Git", "CYAML": "YAML", "CSQLite": "SQLite", "CCurl": "HTTP", "CCrypto": "Crypto",
    "CMicroHTTPD": "HTTPServer", "CUnicode": "Unicode", "CPOSIX": "Platform",
  ]

  /// The modules that touch memory.
  static let wrappers: Set<String> = [
    "Platform", "Unicode", "Git", "YAML", "SQLite", "HTTP", "HTTPServer", "Crypto",
  ]
}
