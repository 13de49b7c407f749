import Allocations
import Benchmark
import PureOperations

let benchmarks: @Sendable () -> Void = {
    for operation in PureOperation.all { measure(operation) }
    measureHops()
}

private let allocations = BenchmarkMetric.custom("allocations", polarity: .prefersSmaller, useScalingFactor: true)

/// One iteration does the operation as often as a measurement wants, so that the clock's own cost does not show.
private func measure(_ operation: PureOperation) {
    Benchmark(
        "\(operation.part.rawValue): \(operation.title)",
        configuration: .init(
            metrics: [.wallClock, .throughput, allocations], warmupIterations: 3,
            scalingFactor: operation.part == .index ? .one : .kilo, maxDuration: .seconds(1), maxIterations: 1_000),
        closure: { benchmark, body in
            let before = allocation_count()
            benchmark.startMeasurement()
            body(benchmark.scaledIterations.count)
            benchmark.stopMeasurement()
            benchmark.measurement(allocations, allocation_count() - before)
        },
        setup: { operation.prepare() }
    )
}
