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
func systemLibrary(_ name: String, _ pkgConfig: String?, _ packages: [String]) -> Target {
  .systemLibrary(
    name: name,
    path: "Sources/C/\(name)",
    pkgConfig: pkgConfig,
    providers: [.apt(packages)]
  )
}

/// A module: its row in the table of `Sources/README.md`, as a target.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
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
  "ReportingTests": [
    "Diffs/__Snapshots__", "Explain/__Snapshots__", "Findings/__Snapshots__", "Plans/__Snapshots__",
  ],
]

let systemLibraries: [Target] = [
  systemLibrary("CGit2", "libgit2", ["libgit2-dev"]),
  systemLibrary("CYAML", "yaml-0.1", ["libyaml-dev"]),
  systemLibrary("CSQLite", "sqlite3", ["libsqlite3-dev"]),
  systemLibrary("CCurl", "libcurl", ["libcurl4-openssl-dev"]),
  systemLibrary("CCrypto", "libcrypto", ["libssl-dev"]),
  systemLibrary("CMicroHTTPD", "libmicrohttpd", ["libmicrohttpd-dev"]),
  systemLibrary("CUnicode", "libidn2", ["libidn2-dev", "libunistring-dev"]),
  systemLibrary("CPOSIX", nil, []),
]

let modules: [Target] = [
  module("Platform", ["CPOSIX"]),
  module("Unicode", ["CUnicode"]),
  module("Git", ["CGit2"]),
  module("YAML", ["CYAML"]),
  module("SQLite", ["CSQLite", "Platform"]),
  module("HTTP", ["CCurl", "Platform"]),
  module("HTTPServer", ["CMicroHTTPD", "Platform"]),
  module("Crypto", ["CCrypto"]),
  module("JSON"),
  module("Access"),
  module("Reconciliation", ["Access", "Crypto"]),
  module("Declarations", ["YAML", "Git", "Unicode", "Access"]),
  module("History", ["SQLite", "Crypto", "Platform", "Git", "Declarations", "Access"]),
  module("Remotes", ["HTTP", "Platform"]),
  module("MicrosoftGraph", ["HTTP", "Crypto", "JSON", "Access"]),
  module("Journal", ["SQLite", "Crypto", "Platform", "Access"]),
  module("Execution", ["Access", "Journal"]),
  module("Evidence", ["Access", "Reconciliation", "Journal"]),
  module("Reporting", ["Access", "Evidence"]),
  module(
    "Commands",
    [
      "Platform", "Git", "YAML", "HTTP", "Crypto", "Access", "Reconciliation", "Declarations",
      "History", "MicrosoftGraph", "Journal", "Execution", "Evidence", "Reporting",
    ]
  ),
  module("GraphEmulator", ["HTTPServer", "Crypto", "JSON", "Platform"]),
]

let programs: [Target] = [
  program("guestlist", ["Commands"]),
  program("graph-emulator", ["GraphEmulator"]),
]

let support: [Target] = [
  .target(
    name: "TestSupport",
    dependencies: ["Platform", "Access", "Declarations"],
    path: "Tests/TestSupport",
    swiftSettings: strict
  ),
  .target(
    name: "Worlds",
    dependencies: ["Access", "Reconciliation"],
    path: "Tests/Worlds",
    swiftSettings: strict
  ),
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
  tests("ReconciliationTests", ["Reconciliation", "Access", "Crypto", "Worlds"]),
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
  tests("CommandsTests", ["Commands", "Access", "Declarations", "Reporting", "Platform"]),
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

/// The simulated world of `scripts/prove simulate`, which reaches into the worlds of the tests and so
/// builds only with testing enabled.
let simulation: [Target] =
  Context.environment["GUESTLIST_SIMULATION"] == nil
  ? []
  : [
    .executableTarget(
      name: "Simulation",
      dependencies: [
        "Platform", "Crypto", "SQLite", "HTTP", "HTTPServer", "Access", "Reconciliation",
        "MicrosoftGraph",
        "Journal", "Execution", "GraphEmulator", "TestSupport", "Worlds",
      ],
      path: "Tests/Simulation",
      swiftSettings: strict
    )
  ]

/// Targets for libFuzzer, which brings the entry point: a plain build of them does not link.
let fuzzers: [Target] =
  Context.environment["GUESTLIST_FUZZ"] == nil
  ? []
  : [
    fuzzer("FuzzYAML", ["YAML"]),
    fuzzer("FuzzDeclarations", ["Declarations", "YAML", "Access", "TestSupport"]),
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
  targets: systemLibraries + modules + programs + support + suites + instruments + simulation
    + fuzzers
)
