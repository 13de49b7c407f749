import Foundation
import LibevExecutor
import RedisConnection

/// `script/run` without arguments: shows a newcomer the main job, until Ctrl-C.
@main
struct Demonstration {
    /// For the last copies, for the driver and for its Redis together.
    private static let patience = Duration.seconds(12)

    static func main() async {
        let executor = LibevExecutor(name: "demonstration")
        do {
            let bus = try PrivateBus(executor: executor)
            let isSound = await perform(on: bus, executor: executor)
            bus.removeFolder()
            exit(isSound ? 0 : 1)
        } catch {
            complain("\(error)")
            exit(1)
        }
    }

    /// - Returns: whether all went as it should.
    private static func perform(on bus: PrivateBus, executor: LibevExecutor) async -> Bool {
        let show = Show(bus: bus, executor: executor)
        let performance = Task { try await show.run() }
        endOnSignal(performance, on: bus, executor: executor)
        var outcome: Outcome?
        var isSound = true
        do {
            do {
                try await performance.value
            } catch is CancellationError {
                outcome = try await show.settle()
            }
        } catch {
            isSound = false
            tell(error, bus)
        }
        let isDriverDone = await bus.stop()
        guard var outcome else { return isSound }
        outcome.isDriverDone = isDriverDone
        await show.sumUp(outcome)
        return outcome.isSound
    }

    private static func endOnSignal(
        _ performance: Task<Void, any Error>, on bus: PrivateBus, executor: LibevExecutor
    ) {
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            executor.onSignal(signal) {
                guard !performance.isCancelled else { return }
                performance.cancel()
                executor.schedule(after: patience) {
                    complain("busdriver does not end; is it stopped?")
                    bus.removeFolder()
                    exit(1)
                }
            }
        }
    }

    private static func tell(_ error: any Error, _ bus: PrivateBus) {
        if let error = error as? RedisError {
            complain("busdriver or its Redis has ended by itself. \(error.message)")
            complain("the last that busdriver wrote:\n\(bus.lastWords)")
        } else if !(error is CancellationError) {
            complain("\(error)")
        }
    }

    private static func complain(_ sentence: String) {
        try? FileHandle.standardError.write(contentsOf: Data("demonstration: \(sentence)\n".utf8))
    }
}
