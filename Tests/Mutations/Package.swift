// swift-tools-version: 6.2
import PackageDescription

/// What the driver's model test, the tests of the riders' scripts and those of the scheduler need of the package, and
/// no more: `script/mutations` builds it once for each mutation.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"), .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]
let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")

let package = Package(
    name: "Mutated",
    dependencies: [
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "3.12.3"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    ],
    targets: [
        .systemLibrary(name: "CLibev"),
        .systemLibrary(name: "CHiredis"),
        .systemLibrary(name: "CYAML"),
        .target(name: "LibevExecutor", dependencies: ["CLibev"], swiftSettings: settings),
        .target(name: "GuardedProcess", dependencies: ["LibevExecutor"], swiftSettings: settings),
        .target(
            name: "RedisConnection", dependencies: ["LibevExecutor", "CHiredis", "CLibev", deque, log],
            swiftSettings: settings),
        .target(name: "BusWire", swiftSettings: settings),
        .target(name: "RubyRegex", swiftSettings: settings),
        .target(name: "BusMatching", dependencies: ["BusWire", "RubyRegex"], swiftSettings: settings),
        .target(name: "BoundedYAML", dependencies: ["CYAML"], swiftSettings: settings),
        .target(name: "BusCalendar", dependencies: ["BusWire"], swiftSettings: settings),
        .target(
            name: "ScheduleFiles", dependencies: ["BoundedYAML", "BusCalendar", "BusWire"], swiftSettings: settings),
        .target(
            name: "BusProtocol",
            dependencies: ["RedisConnection", "BusWire", .product(name: "Crypto", package: "swift-crypto")],
            resources: [.embedInCode("Scripts")],
            swiftSettings: settings),
        .target(
            name: "BusSession", dependencies: ["BusProtocol", "BusWire", "RedisConnection", "LibevExecutor", log],
            swiftSettings: settings),
        .target(
            name: "BusOperations",
            dependencies: [
                "BusSession", "BusProtocol", "BusCalendar", "BusMatching", "BusWire", "RedisConnection",
                "LibevExecutor", log,
            ],
            swiftSettings: settings),
        .target(
            name: "BusDriver", dependencies: ["BusSession", "BusProtocol", "BusMatching", log], swiftSettings: settings),
        .target(
            name: "BusScheduler",
            dependencies: [
                "BusSession", "BusProtocol", "BusCalendar", "BusWire", "RedisConnection", "LibevExecutor", heap, log,
            ],
            swiftSettings: settings),
        .target(
            name: "RedisTestSupport", dependencies: ["GuardedProcess", "LibevExecutor"], path: "Tests/RedisTestSupport",
            swiftSettings: settings),
        .testTarget(
            name: "DriverModelTests",
            dependencies: ["BusDriver", "BusOperations", "RedisConnection", "RedisTestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "BusSchedulerTests", dependencies: ["BusScheduler", "ScheduleFiles", "BusWire", "RedisTestSupport"],
            resources: [.copy("fixtures")], swiftSettings: settings),
        .testTarget(
            name: "RedisTests", dependencies: ["BusOperations", "BusDriver", "BusScheduler", "RedisTestSupport"],
            sources: [
                "Driver/DriverBench.swift", "Driver/Scripts", "Rider/Scripts", "Scheduler", "Protocol",
                "Operations/FailureTests.swift", "Roles/CapturedLog.swift", "Roles/RefusalTests.swift",
                "Roles/RoleBench.swift", "Roles/WrongTypeTests.swift",
            ],
            swiftSettings: settings),
    ]
)
