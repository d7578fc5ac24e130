// swift-tools-version: 6.2
import PackageDescription

// Every Swift target is held to the same strictness: the language mode, the six features that the
// next mode turns on, memory safety that must be waived in so many words, and no warnings.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableUpcomingFeature("ImmutableWeakCaptures"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// A C library behind its module map; only one wrapper module may depend on it.
func door(_ name: String, _ pkgConfig: String?, _ packages: [String]) -> Target {
  .systemLibrary(
    name: name,
    path: "Sources/C/\(name)",
    pkgConfig: pkgConfig,
    providers: [.apt(packages)]
  )
}

/// A module of the house: its row in the list of modules, spelled as a target.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name,
    dependencies: dependencies,
    path: "Sources/\(name)",
    exclude: name == "Commands" ? ["Guestlist.docc"] : [],
    swiftSettings: strict
  )
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name,
    dependencies: dependencies,
    path: "Sources/\(name)",
    swiftSettings: strict
  )
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: name,
    dependencies: dependencies + ["TestSupport"],
    path: "Tests/\(name)",
    exclude: fixtures[name] ?? [],
    swiftSettings: strict
  )
}

func fuzzer(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name,
    dependencies: dependencies,
    path: "Tests/Fuzz/\(name)",
    exclude: ["Corpus"],
    swiftSettings: strict
  )
}

/// What stands beside the tests of a target and is read by path, not compiled.
let fixtures: [String: [String]] = [
  "AcceptanceTests": ["__Snapshots__"],
  "CommandsTests": ["__Snapshots__"],
  "DeclarationsTests": ["Fixtures", "__Snapshots__"],
  "ReconciliationTests": ["PlantedBugs"],
  "ReportingTests": ["Findings/__Snapshots__", "Plans/__Snapshots__"],
]

let doors: [Target] = [
  door("CGit2", "libgit2", ["libgit2-dev"]),
  door("CYAML", "yaml-0.1", ["libyaml-dev"]),
  door("CSQLite", "sqlite3", ["libsqlite3-dev"]),
  door("CCurl", "libcurl", ["libcurl4-openssl-dev"]),
  door("CCrypto", "libcrypto", ["libssl-dev"]),
  door("CMicroHTTPD", "libmicrohttpd", ["libmicrohttpd-dev"]),
  door("CUnicode", "libidn2", ["libidn2-dev", "libunistring-dev"]),
  door("CPOSIX", nil, []),
]

let rooms: [Target] = [
  room("Platform", ["CPOSIX"]),
  room("Unicode", ["CUnicode"]),
  room("Git", ["CGit2", "Platform"]),
  room("YAML", ["CYAML"]),
  room("SQLite", ["CSQLite", "Platform"]),
  room("HTTP", ["CCurl", "Platform"]),
  room("HTTPServer", ["CMicroHTTPD", "Platform"]),
  room("Crypto", ["CCrypto"]),
  room("JSON"),
  room("Access"),
  room("Reconciliation", ["Access", "Crypto"]),
  room("Declarations", ["YAML", "Git", "Unicode", "Access"]),
  room("History", ["SQLite", "Crypto", "Platform", "Git", "Declarations", "Access"]),
  room("Remotes", ["Git", "HTTP", "Platform"]),
  room("MicrosoftGraph", ["HTTP", "Crypto", "JSON", "Access"]),
  room("Journal", ["SQLite", "Crypto", "Platform", "Access"]),
  room("Execution", ["Access", "Journal"]),
  room("Evidence", ["Access", "Reconciliation", "History", "Journal"]),
  room("Reporting", ["Access", "Reconciliation", "Evidence"]),
  room(
    "Commands",
    [
      "Platform", "Unicode", "Git", "YAML", "SQLite", "HTTP", "Crypto", "Access", "Reconciliation",
      "Declarations", "History", "Remotes", "MicrosoftGraph", "Journal", "Execution", "Evidence",
      "Reporting",
    ]
  ),
  room("GraphEmulator", ["HTTPServer", "Crypto", "JSON", "Platform"]),
]

let programs: [Target] = [
  program("guestlist", ["Commands"]),
  program("graph-emulator", ["GraphEmulator"]),
]

let support: [Target] = [
  .target(
    name: "TestSupport",
    dependencies: ["Platform", "Access"],
    path: "Tests/TestSupport",
    swiftSettings: strict
  )
]

let suites: [Target] = [
  tests("ArchitectureTests", ["Platform"]),
  tests("PlatformTests", ["Platform"]),
  tests("UnicodeTests", ["Unicode"]),
  tests("GitTests", ["Git", "Platform"]),
  tests("YAMLTests", ["YAML", "Platform"]),
  tests("SQLiteTests", ["SQLite", "Platform"]),
  tests("HTTPTests", ["HTTP", "HTTPServer", "Platform"]),
  tests("HTTPServerTests", ["HTTPServer", "HTTP", "Platform"]),
  tests("CryptoTests", ["Crypto"]),
  tests("JSONTests", ["JSON"]),
  tests("AccessTests", ["Access"]),
  tests("ReconciliationTests", ["Reconciliation", "Access", "Crypto"]),
  tests("DeclarationsTests", ["Declarations", "YAML", "Git", "Unicode", "Access", "Platform"]),
  tests("HistoryTests", ["History", "SQLite", "Git", "Declarations", "Platform", "Access"]),
  tests("RemotesTests", ["Remotes", "Git", "HTTP", "Platform"]),
  tests(
    "MicrosoftGraphTests",
    ["MicrosoftGraph", "HTTP", "Crypto", "JSON", "Access", "Platform", "GraphEmulator"]
  ),
  tests("JournalTests", ["Journal", "SQLite", "Crypto", "Platform", "Access"]),
  tests("ExecutionTests", ["Execution", "Access", "Journal", "Platform"]),
  tests("EvidenceTests", ["Evidence", "Access", "Reconciliation", "History", "Journal"]),
  tests(
    "ReportingTests",
    ["Reporting", "Access", "Reconciliation", "Evidence", "Journal", "Platform"]
  ),
  tests("CommandsTests", ["Commands", "Access", "Declarations", "Platform"]),
  tests(
    "GraphEmulatorTests",
    ["GraphEmulator", "HTTPServer", "HTTP", "Crypto", "Platform", "graph-emulator"]
  ),
  tests("AcceptanceTests", ["Platform", "guestlist", "graph-emulator"]),
]

/// Targets that an ordinary build leaves out: `scripts/bench` and `scripts/prove` ask for them.
let instruments: [Target] =
  Context.environment["GUESTLIST_BENCH"] == nil
  ? []
  : [
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "CYAML", "Platform", "YAML", "Git", "HTTP", "Access", "Reconciliation", "Declarations",
        "History", "Journal", "SQLite", "TestSupport",
      ],
      path: "Tests/Benchmarks",
      swiftSettings: strict
    )
  ]

/// Targets for libFuzzer, which brings the entry point: a plain build of them does not link.
let fuzzers: [Target] =
  Context.environment["GUESTLIST_FUZZ"] == nil
  ? []
  : [
    fuzzer("FuzzYAML", ["YAML"]),
    fuzzer("FuzzDeclarations", ["Declarations", "YAML", "Access"]),
    fuzzer("FuzzGitObjects", ["CGit2", "Git"]),
    fuzzer("FuzzHistoryCache", ["History"]),
    fuzzer("FuzzGraphRequests", ["GraphEmulator", "HTTPServer"]),
    fuzzer("FuzzGraphReplies", ["MicrosoftGraph", "HTTP", "Access", "Platform", "TestSupport"]),
    fuzzer("FuzzSignIn", ["MicrosoftGraph", "HTTP", "Access", "Platform", "TestSupport"]),
    fuzzer("FuzzJournal", ["Journal", "SQLite", "Platform", "Access", "TestSupport"]),
    fuzzer("FuzzPlanFiles", ["Reconciliation", "Crypto", "Access"]),
  ]

let package = Package(
  name: "guestlist",
  products: [
    .executable(name: "guestlist", targets: ["guestlist"]),
    .executable(name: "graph-emulator", targets: ["graph-emulator"]),
  ],
  targets: doors + rooms + programs + support + suites + instruments + fuzzers
)
