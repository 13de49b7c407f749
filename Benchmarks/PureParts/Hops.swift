import Benchmark
import LibevExecutor

/// Lives on a loop as the driver does.
private actor Resident {
    let loop: LibevExecutor
    private var calls = 0

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(loop: LibevExecutor) { self.loop = loop }

    func call() -> Int {
        calls += 1
        return calls
    }
}

/// Calls of an actor whose executor is a libev loop. What each returns is used where the caller is, or the compiler
/// would stay with the actor for all calls.
func measureHops() {
    let configuration = Benchmark.Configuration(
        metrics: [.wallClock, .throughput], warmupIterations: 3, scalingFactor: .kilo, maxDuration: .seconds(1))
    let loop = LibevExecutor(name: "hops")
    let resident = Resident(loop: loop)
    Benchmark("hops: from another thread onto the loop and back", configuration: configuration) { benchmark in
        for _ in benchmark.scaledIterations { blackHole(await resident.call()) }
    }
    Benchmark("hops: on the loop's own thread", configuration: configuration) { benchmark in
        let times = benchmark.scaledIterations.count
        await Task(executorPreference: loop) {
            for _ in 0..<times { blackHole(await resident.call()) }
        }.value
    }
}
