// swift-tools-version: 6.2
import PackageDescription

/// Every target: Swift 6 mode, no warning survives, `any` is spelled out, an import counts for its own file and shows to no one
/// else unless it says so, and an async function runs where its caller does: on the driver's loop, without a hop.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "BusDriver",
    products: [
        .library(name: "ResqueBus", targets: ["ResqueBus"]),
        .library(name: "ResqueBusTesting", targets: ["ResqueBusTesting"]),
        .executable(name: "busdriver", targets: ["BusDriverCommand"]),
        .executable(name: "loadtest", targets: ["LoadTest"]),
        .executable(name: "example", targets: ["ExampleApplications"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "3.12.3"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
    ],
    targets: [
        .systemLibrary(name: "CLibev", providers: [.apt(["libev-dev"])]),
        .systemLibrary(name: "CHiredis", providers: [.apt(["libhiredis-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CYAML", providers: [.apt(["libyaml-dev"])]),

        // The loop: one thread that everything between a claim and a commit runs on.
        .target(name: "LibevExecutor", dependencies: ["CLibev"], swiftSettings: strict),
        .target(
            name: "RedisConnection", dependencies: ["LibevExecutor", "CHiredis", "CLibev", deque, logging],
            swiftSettings: strict),

        // Child processes that end with this one, of the executables and of the tests.
        .target(name: "GuardedProcess", dependencies: ["LibevExecutor"], swiftSettings: strict),

        // Values only: no Redis, and no Foundation on the way of an event.
        .target(name: "BusWire", swiftSettings: strict),
        .target(name: "RubyRegex", swiftSettings: strict),
        .target(name: "BusMatching", dependencies: ["BusWire", "RubyRegex"], swiftSettings: strict),
        .target(name: "BusCalendar", dependencies: ["BusWire"], swiftSettings: strict),
        .target(name: "BoundedYAML", dependencies: ["CYAML"], swiftSettings: strict),
        .target(
            name: "ScheduleFiles", dependencies: ["BoundedYAML", "BusCalendar", "BusWire"], swiftSettings: strict),

        // What each role and each operator's command says to Redis, and how it reads the answers.
        .target(
            name: "BusProtocol", dependencies: ["BusWire", "RedisConnection", crypto],
            resources: [.embedInCode("Scripts")],
            swiftSettings: strict),
        // The runtime that all roles share.
        .target(
            name: "BusSession", dependencies: ["BusProtocol", "BusWire", "RedisConnection", "LibevExecutor", logging],
            swiftSettings: strict),

        // The roles.
        .target(
            name: "BusDriver",
            dependencies: [
                "BusSession", "BusProtocol", "BusMatching", "BusWire", "RedisConnection", "LibevExecutor", logging,
            ],
            swiftSettings: strict),
        .target(
            name: "BusRider",
            dependencies: [
                "BusSession", "BusProtocol", "BusWire", "RedisConnection", "LibevExecutor", crypto, logging,
            ],
            swiftSettings: strict),
        .target(
            name: "BusScheduler",
            dependencies: [
                "BusSession", "BusProtocol", "BusCalendar", "BusWire", "RedisConnection", "LibevExecutor", heap,
                logging,
            ],
            swiftSettings: strict),

        // What operators ask and do.
        .target(
            name: "BusOperations",
            dependencies: [
                "BusSession", "BusProtocol", "BusCalendar", "BusMatching", "BusWire", "RedisConnection",
                "LibevExecutor", logging,
            ],
            swiftSettings: strict),

        // What applications import.
        .target(
            name: "ResqueBus",
            dependencies: [
                "BusOperations", "BusRider", "BusSession", "BusProtocol", "BusCalendar", "BusMatching", "BusWire",
                "RedisConnection", "LibevExecutor", logging,
            ],
            swiftSettings: strict),
        // For their tests: the bus, its driver and its riders in memory, with a clock that is moved by hand.
        .target(
            name: "ResqueBusTesting", dependencies: ["ResqueBus", "BusRider", "BusMatching", "BusWire"],
            swiftSettings: strict),
        // What a newcomer reads and runs beside `busdriver run`.
        .executableTarget(
            name: "ExampleApplications", dependencies: ["ResqueBus", logging], swiftSettings: strict),

        // What the executables share.
        .target(
            name: "PrivateRedis", dependencies: ["GuardedProcess", "RedisConnection", "LibevExecutor", logging],
            swiftSettings: strict),
        .target(
            name: "CommandInterface",
            dependencies: ["BusSession", "BusProtocol", "BusWire", "RedisConnection", argumentParser],
            swiftSettings: strict),
        .executableTarget(
            name: "BusDriverCommand",
            dependencies: [
                "BusDriver", "BusScheduler", "ResqueBus", "BusOperations", "BusSession", "BusProtocol",
                "ScheduleFiles", "BusCalendar", "BusMatching", "BusWire", "RedisConnection", "LibevExecutor",
                "PrivateRedis", "CommandInterface", "CMalloc", argumentParser, logging,
            ],
            swiftSettings: strict),
        // The load generator. It depends on BusDriverCommand so that the driver to test is built with it.
        .executableTarget(
            name: "LoadTest",
            dependencies: [
                "BusDriverCommand", "BusOperations", "BusSession", "BusProtocol", "BoundedYAML", "BusMatching",
                "BusWire", "RedisConnection", "LibevExecutor", "GuardedProcess", "PrivateRedis", "CommandInterface",
                argumentParser, logging, .product(name: "Histogram", package: "hdrhistogram-swift"),
            ],
            path: "loadtest", exclude: ["README.md", "scenarios"], swiftSettings: strict),
        // script/run without arguments.
        .executableTarget(
            name: "Demonstration",
            dependencies: [
                "GuardedProcess", "BusOperations", "BusSession", "BusProtocol", "BusMatching", "BusWire",
                "RedisConnection", "LibevExecutor", logging,
            ],
            swiftSettings: strict),

        // A redis-server of the test's own, and raw clients; linked by tests only.
        .target(
            name: "RedisTestSupport", dependencies: ["GuardedProcess", "LibevExecutor"], path: "Tests/RedisTestSupport",
            swiftSettings: strict),
        .testTarget(
            name: "RubyRegexTests", dependencies: ["RubyRegex", "RedisTestSupport"], swiftSettings: strict),
        // Ruby itself and our engine judge the same patterns.
        .testTarget(
            name: "RubyRegexOracleTests", dependencies: ["RubyRegex", "RedisTestSupport"],
            resources: [.copy("fixtures")], swiftSettings: strict),
        .testTarget(
            name: "RedisTestSupportTests", dependencies: ["RedisTestSupport"], swiftSettings: strict),
        .testTarget(
            name: "LibevExecutorTests", dependencies: ["LibevExecutor", "RedisTestSupport"], swiftSettings: strict),
        .testTarget(
            name: "RedisConnectionTests",
            dependencies: ["RedisConnection", "LibevExecutor", "CHiredis", "RedisTestSupport", logging],
            swiftSettings: strict),
        .testTarget(
            name: "BusDriverCommandTests",
            dependencies: [
                "BusDriverCommand", "BusOperations", "BusRider", "BusSession", "BusProtocol", "ResqueBus",
                "CommandInterface", "BusWire", "RedisConnection", "LibevExecutor", "RedisTestSupport", argumentParser,
                logging,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "LoadTestTests",
            dependencies: [
                "LoadTest", "BusMatching", "BusWire", "RedisConnection", "LibevExecutor", "GuardedProcess",
                "CommandInterface", "RedisTestSupport", argumentParser,
            ],
            swiftSettings: strict),
        // What the gate of script/bench decides: values only.
        .target(name: "GateRules", path: "Benchmarks/GateRules", swiftSettings: strict),
        .testTarget(
            name: "GateTests", dependencies: ["GateRules"], path: "Benchmarks/GateTests", swiftSettings: strict),
        .testTarget(name: "BoundedYAMLTests", dependencies: ["BoundedYAML"], swiftSettings: strict),
        .testTarget(name: "BusWireTests", dependencies: ["BusWire", "RedisTestSupport"], swiftSettings: strict),
        .testTarget(
            name: "BusMatchingTests", dependencies: ["BusMatching", "RubyRegex", "BusWire"], swiftSettings: strict),
        .testTarget(
            name: "BusSessionTests",
            dependencies: [
                "BusSession", "BusProtocol", "RedisConnection", "LibevExecutor", "RedisTestSupport", logging,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "BusDriverTests",
            dependencies: [
                "BusDriver", "BusProtocol", "BusMatching", "BusWire", "RedisConnection", "RedisTestSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "BusRiderTests", dependencies: ["BusRider", "BusProtocol", "BusWire", "RedisConnection"],
            swiftSettings: strict),
        .testTarget(
            name: "BusSchedulerTests",
            dependencies: [
                "BusScheduler", "ScheduleFiles", "BusCalendar", "BusProtocol", "BusWire", "RedisConnection",
                "RedisTestSupport",
            ],
            resources: [.copy("fixtures")],
            swiftSettings: strict),
        .testTarget(
            name: "BusOperationsTests",
            dependencies: [
                "BusOperations", "BusProtocol", "BusCalendar", "BusMatching", "BusWire", "RedisConnection",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ResqueBusTests", dependencies: ["ResqueBus", "ResqueBusTesting", "BusRider", "BusWire"],
            swiftSettings: strict),
        .testTarget(
            name: "DriverModelTests",
            dependencies: [
                "BusDriver", "BusOperations", "BusSession", "BusProtocol", "BusWire", "RedisConnection",
                "LibevExecutor", "RedisTestSupport", logging,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ReferenceVectorTests",
            dependencies: [
                "BusDriver", "BusMatching", "BusWire", "RedisConnection", "LibevExecutor", "RedisTestSupport", logging,
            ],
            resources: [.copy("vectors")], swiftSettings: strict),
        .testTarget(
            name: "RedisTests",
            dependencies: [
                "BusDriver", "BusRider", "BusScheduler", "ResqueBus", "BusOperations", "BusSession", "BusProtocol",
                "BusCalendar", "ScheduleFiles", "BusWire", "RedisConnection", "LibevExecutor", "RedisTestSupport",
                logging,
            ],
            swiftSettings: strict),
        // A rider as a process of its own, for FaultTests.
        .executableTarget(
            name: "RiderUnderTest", dependencies: ["ResqueBus"], path: "Tests/RiderUnderTest", swiftSettings: strict),
        // Another, which keeps account in Redis of what it runs.
        .executableTarget(
            name: "LedgerRider",
            dependencies: [
                "BusRider", "BusWire", "RedisConnection", "LibevExecutor", logging,
            ],
            path: "Tests/LedgerRider", swiftSettings: strict),
        // Drivers and riders as processes of this build's executables, killed and stopped at every step.
        .testTarget(
            name: "FaultTests",
            dependencies: [
                "BusDriverCommand", "BusDriver", "BusRider", "BusScheduler", "ResqueBus", "ExampleApplications",
                "RiderUnderTest", "LedgerRider", "RedisTestSupport",
            ],
            resources: [.copy("fixtures")],
            swiftSettings: strict),
    ]
)

// What script/bench builds. Nobody else sets the variable, and so nobody else fetches what benchmarks need.
if Context.environment["BUSDRIVER_BENCHMARKS"] != nil {
    package.dependencies += [
        // Its own counter of allocations is left out: it reads 0 on Linux, and ours stands in.
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: [])
    ]
    package.targets += [
        .target(name: "Allocations", path: "Benchmarks/allocations"),
        .systemLibrary(name: "CCallgrind", path: "Benchmarks/callgrind", providers: [.apt(["valgrind"])]),

        // The pure parts as operations that can be repeated, and what they work on.
        .target(
            name: "PureOperations", dependencies: ["BusMatching", "BusWire", "RedisConnection"],
            path: "Benchmarks/PureOperations", swiftSettings: strict),
        // script/bench pure: how long they take.
        .executableTarget(
            name: "PureParts",
            dependencies: [
                "Allocations", "PureOperations", "LibevExecutor", .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Benchmarks/PureParts", swiftSettings: strict,
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
        // script/bench --gate: what they cost in instructions and allocations. It must not link swift-crypto, because
        // valgrind cannot read its debug information.
        .executableTarget(
            name: "PureCosts", dependencies: ["Allocations", "CCallgrind", "PureOperations", argumentParser],
            path: "Benchmarks/PureCosts", swiftSettings: strict),
        // script/bench --gate: what measures, and the verdict.
        .executableTarget(
            name: "Gate", dependencies: ["GateRules", argumentParser], path: "Benchmarks/Gate", swiftSettings: strict),

        // script/bench riders: a program with an application whose handlers do nothing.
        .executableTarget(
            name: "IdleHandlers",
            dependencies: [
                "ResqueBus", "BusRider", "BusProtocol", "BusWire", "RedisConnection", "LibevExecutor", argumentParser,
                logging,
            ],
            path: "Benchmarks/IdleHandlers", swiftSettings: strict),
    ]
}
