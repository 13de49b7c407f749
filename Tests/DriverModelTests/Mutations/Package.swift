// swift-tools-version: 6.2
import PackageDescription

/// What the driver's model test and the tests of the riders' scripts need of the package, and no more: `script/mutations` builds
/// it once for each mutation.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]
let log = Target.Dependency.product(name: "Logging", package: "swift-log")

let package = Package(
    name: "Mutated",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "3.12.3"),
    ],
    targets: [
        .systemLibrary(name: "CLibev"),
        .systemLibrary(name: "CHiredis"),
        .systemLibrary(name: "COniguruma"),
        .target(name: "LibevExecutor", dependencies: ["CLibev"], swiftSettings: settings),
        .target(
            name: "RedisConnection", dependencies: ["LibevExecutor", "CHiredis", "CLibev", log], swiftSettings: settings
        ),
        .target(name: "BusWire", swiftSettings: settings),
        .target(name: "BusMatching", dependencies: ["BusWire", "COniguruma"], swiftSettings: settings),
        .target(
            name: "BusStore",
            dependencies: ["RedisConnection", "BusWire", .product(name: "Crypto", package: "swift-crypto"), log],
            resources: [
                "absolve", "claim", "claim_jobs", "enqueue_once", "fin", "heartbeat", "put_subscription", "recover",
                "recover_rider", "register", "remove_failure", "retry_failure", "set_aside", "settle_jobs", "swap",
            ].map { .embedInCode("Scripts/\($0).lua") },
            swiftSettings: settings),
        .target(name: "BusDriver", dependencies: ["BusStore", "BusMatching", log], swiftSettings: settings),
        .target(name: "RedisTestSupport", path: "Tests/RedisTestSupport", swiftSettings: settings),
        .testTarget(
            name: "DriverModelTests", dependencies: ["BusDriver", "RedisConnection", "RedisTestSupport"],
            exclude: ["Mutations"], swiftSettings: settings),
        .testTarget(
            name: "RiderScriptTests", dependencies: ["BusStore", "BusWire", "RedisConnection", "RedisTestSupport"],
            path: "Tests/RedisTests/RiderScripts", swiftSettings: settings),
    ]
)
