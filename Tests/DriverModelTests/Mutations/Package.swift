// swift-tools-version: 6.2
import PackageDescription

/// What the model test needs of the package, and no more: `script/mutations` builds it once for each mutation.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]
let log = Target.Dependency.product(name: "Logging", package: "swift-log")

let package = Package(
    name: "Mutated",
    platforms: [.macOS(.v15)],
    dependencies: [.package(url: "https://github.com/apple/swift-log", from: "1.16.2")],
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
            name: "BusStore", dependencies: ["RedisConnection", "BusWire", log],
            resources: [
                "absolve", "claim", "fin", "heartbeat", "put_subscription", "recover", "register", "retry_failure",
                "set_aside", "swap",
            ].map { .embedInCode("Scripts/\($0).lua") },
            swiftSettings: settings),
        .target(name: "BusDriver", dependencies: ["BusStore", "BusMatching", log], swiftSettings: settings),
        .target(name: "RedisTestSupport", path: "Tests/RedisTestSupport", swiftSettings: settings),
        .testTarget(
            name: "DriverModelTests", dependencies: ["BusDriver", "RedisConnection", "RedisTestSupport"],
            exclude: ["Mutations"], swiftSettings: settings),
    ]
)
