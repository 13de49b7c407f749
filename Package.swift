// swift-tools-version: 6.2
import PackageDescription

/// Every target: Swift 6 mode, no warning survives, `any` is spelled out, and an async function runs where its caller does: on the
/// driver's loop, without a hop.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let package = Package(
    name: "BusDriver",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "ResqueBus", targets: ["ResqueBus"]),
        .library(name: "ResqueBusTesting", targets: ["ResqueBusTesting"]),
        .executable(name: "busdriver", targets: ["BusDriverCommand"]),
        .executable(name: "loadtest", targets: ["LoadTest"]),
        .executable(name: "example", targets: ["ExampleApplications"]),
        // What the package in Benchmarks/ measures. Not for applications: these modules change with the driver.
        .library(
            name: "MeasuredParts",
            targets: ["BusMatching", "BusWire", "LibevExecutor", "RedisConnection"]),
        // By itself, because valgrind cannot read the debug information of swift-crypto.
        .library(name: "MeasuredRiders", targets: ["BusRider", "ResqueBus"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "3.12.3"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
    ],
    targets: [
        .systemLibrary(name: "CLibev", providers: [.apt(["libev-dev"]), .brew(["libev"])]),
        .systemLibrary(name: "CHiredis", providers: [.apt(["libhiredis-dev"]), .brew(["hiredis"])]),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CYAML", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),

        .target(name: "LibevExecutor", dependencies: ["CLibev"], swiftSettings: strict),
        .target(
            name: "RedisConnection",
            dependencies: ["LibevExecutor", "CHiredis", "CLibev", .product(name: "Logging", package: "swift-log")],
            swiftSettings: strict),
        .target(name: "BusWire", swiftSettings: strict),
        // Ruby's regular expressions. Values only: no Foundation, no I/O.
        .target(name: "RubyRegex", swiftSettings: strict),
        .target(name: "BusMatching", dependencies: ["BusWire", "RubyRegex"], swiftSettings: strict),
        .target(name: "BoundedYAML", dependencies: ["CYAML"], swiftSettings: strict),
        .target(
            name: "BusStore",
            dependencies: [
                "RedisConnection", "BusWire", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ],
            resources: [
                "absolve", "ask_first", "change_failures", "claim", "claim_jobs", "enqueue_once", "fin",
                "fire", "heartbeat", "mark_pause", "mend", "move_failures", "note_slot", "publish_heartbeats",
                "put_subscription", "recover", "recover_rider", "register", "release_lock", "renew_lock",
                "run_delayed", "set_aside", "set_aside_delayed", "settle_jobs", "spare_unusable", "swap",
                "take_lock", "tidy_bucket",
            ].map { .embedInCode("Scripts/\($0).lua") },
            swiftSettings: strict),
        .target(
            name: "BusDriver",
            dependencies: ["BusStore", "BusMatching", .product(name: "Logging", package: "swift-log")],
            swiftSettings: strict),
        .target(
            name: "BusRider",
            dependencies: [
                "BusStore", "BusWire", "RedisConnection", "LibevExecutor",
                .product(name: "Crypto", package: "swift-crypto"), .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        // Delayed and recurring work. Cron, Zones and Schedules know nothing of Redis, Slots only what scripts answer.
        .target(
            name: "BusScheduler",
            dependencies: [
                "BoundedYAML", "BusStore", "BusWire", "RedisConnection", "LibevExecutor",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .target(
            name: "ResqueBus",
            dependencies: [
                "BusRider", "BusScheduler", "BusStore", "BusMatching", "BusWire", "RedisConnection", "LibevExecutor",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        // For tests of applications: the bus, its driver and its riders in memory, with a clock that is moved by hand.
        .target(
            name: "ResqueBusTesting", dependencies: ["ResqueBus", "BusRider", "BusMatching", "BusWire"],
            swiftSettings: strict),
        // What a newcomer reads and runs beside `busdriver run`.
        .executableTarget(
            name: "ExampleApplications",
            dependencies: ["ResqueBus", .product(name: "Logging", package: "swift-log")], swiftSettings: strict),
        .target(
            name: "GuardedProcess",
            dependencies: ["RedisConnection", "LibevExecutor", .product(name: "Logging", package: "swift-log")],
            swiftSettings: strict),
        .target(
            name: "CommandInterface",
            dependencies: [
                "BusStore", "RedisConnection", "BusWire",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "BusDriverCommand",
            dependencies: [
                "BusDriver", "BusRider", "BusScheduler", "ResqueBus", "BusStore", "BusMatching", "BusWire",
                "RedisConnection", "LibevExecutor", "GuardedProcess", "CommandInterface", "CMalloc",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),

        // The load generator. It depends on BusDriverCommand so that the driver to test is built with it.
        .executableTarget(
            name: "LoadTest",
            dependencies: [
                "BoundedYAML", "BusDriverCommand", "BusStore", "BusMatching", "BusWire", "RedisConnection",
                "LibevExecutor",
                "GuardedProcess", "CommandInterface",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Histogram", package: "hdrhistogram-swift"),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "loadtest", exclude: ["README.md", "scenarios"], swiftSettings: strict),

        // script/run without arguments.
        .executableTarget(
            name: "Demonstration",
            dependencies: [
                "GuardedProcess", "BusStore", "BusMatching", "BusWire", "RedisConnection", "LibevExecutor",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),

        // A redis-server of the test's own, and raw clients; linked by tests only.
        .target(name: "RedisTestSupport", path: "Tests/RedisTestSupport", swiftSettings: strict),
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
            name: "RedisConnectionTests", dependencies: ["RedisConnection", "RedisTestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "BusDriverCommandTests",
            dependencies: [
                "BusDriverCommand", "BusRider", "BusStore", "ResqueBus", "CommandInterface", "BusWire",
                "RedisConnection", "LibevExecutor", "RedisTestSupport", .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "LoadTestTests",
            dependencies: [
                "LoadTest", "BusMatching", "BusWire", "RedisConnection", "LibevExecutor", "GuardedProcess",
                "RedisTestSupport", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .testTarget(name: "BoundedYAMLTests", dependencies: ["BoundedYAML"], swiftSettings: strict),
        .testTarget(name: "BusWireTests", dependencies: ["BusWire", "RedisTestSupport"], swiftSettings: strict),
        .testTarget(name: "BusMatchingTests", dependencies: ["BusMatching"], swiftSettings: strict),
        .testTarget(
            name: "BusDriverTests", dependencies: ["BusDriver", "BusMatching", "BusWire", "RedisTestSupport"],
            swiftSettings: strict),
        .testTarget(name: "BusRiderTests", dependencies: ["BusRider", "BusWire"], swiftSettings: strict),
        .testTarget(
            name: "BusSchedulerTests", dependencies: ["BusScheduler", "BusWire", "RedisTestSupport"],
            resources: [.copy("fixtures")],
            swiftSettings: strict),
        .testTarget(
            name: "ResqueBusTests", dependencies: ["ResqueBus", "ResqueBusTesting", "BusRider", "BusWire"],
            swiftSettings: strict),
        .testTarget(
            name: "DriverModelTests", dependencies: ["BusDriver", "RedisConnection", "RedisTestSupport"],
            exclude: ["Mutations"], swiftSettings: strict),
        .testTarget(
            name: "ReferenceVectorTests", dependencies: ["BusMatching", "BusDriver", "RedisTestSupport"],
            resources: [.copy("vectors")], swiftSettings: strict),
        .testTarget(
            name: "RedisTests",
            dependencies: ["BusStore", "BusDriver", "BusRider", "BusScheduler", "ResqueBus", "RedisTestSupport"],
            swiftSettings: strict),
        // A rider as a process of its own, for FaultTests.
        .executableTarget(
            name: "RiderUnderTest", dependencies: ["ResqueBus"], path: "Tests/RiderUnderTest", swiftSettings: strict),
        // Another, which keeps account in Redis of what it runs.
        .executableTarget(
            name: "LedgerRider",
            dependencies: [
                "BusRider", "RedisConnection", "LibevExecutor", .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/LedgerRider", swiftSettings: strict),
        // Drivers and riders as processes of this build's executables, killed and stopped at every step.
        .testTarget(
            name: "FaultTests",
            dependencies: [
                "BusDriverCommand", "BusDriver", "BusRider", "BusScheduler", "ResqueBus", "LibevExecutor",
                "ExampleApplications", "RiderUnderTest", "LedgerRider", "RedisTestSupport",
            ],
            resources: [.copy("fixtures")],
            swiftSettings: strict),
    ]
)
