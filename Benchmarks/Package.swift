// swift-tools-version: 6.2
import PackageDescription

/// As in the package that is measured.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]
let measured = Target.Dependency.product(name: "MeasuredParts", package: "BusDriver")

/// A package of its own, so that users of the library do not fetch what only benchmarks need.
let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "BusDriver", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // Its own counter of allocations is left out: it reads 0 on Linux, and ours stands in.
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    ],
    targets: [
        .target(name: "Allocations", path: "allocations"),
        .systemLibrary(name: "CCallgrind", path: "callgrind", providers: [.apt(["valgrind"])]),

        // The pure parts as operations that can be repeated, and what they work on.
        .target(
            name: "PureOperations", dependencies: [measured], path: "PureOperations", swiftSettings: strict),

        // script/bench pure: how long they take.
        .executableTarget(
            name: "PureParts",
            dependencies: [
                "Allocations", "PureOperations", measured, .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "PureParts", swiftSettings: strict,
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),

        // script/bench riders: a program with an application whose handlers do nothing.
        .executableTarget(
            name: "IdleHandlers",
            dependencies: [
                measured, .product(name: "MeasuredRiders", package: "BusDriver"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "IdleHandlers", swiftSettings: strict),

        // script/bench --gate: what they cost in instructions and allocations, and the verdict.
        .executableTarget(
            name: "PureCosts",
            dependencies: [
                "Allocations", "CCallgrind", "PureOperations",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "PureCosts", swiftSettings: strict),
        .target(name: "GateRules", path: "GateRules", swiftSettings: strict),
        .executableTarget(
            name: "Gate",
            dependencies: [
                "GateRules",
                // The driver to measure is built with the gate.
                .product(name: "busdriver", package: "BusDriver"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Gate", swiftSettings: strict),
        .testTarget(name: "GateTests", dependencies: ["GateRules"], path: "GateTests", swiftSettings: strict),
    ]
)
