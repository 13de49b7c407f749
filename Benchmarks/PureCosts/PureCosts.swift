import Allocations
import ArgumentParser
import CCallgrind
import PureOperations

/// Does every pure operation once its setup and a warm-up are over, marked for callgrind, and prints how often it was
/// done and how many heap allocations that took, as lines of `title<TAB>times<TAB>allocations`.
@main
struct PureCosts: ParsableCommand {
    func run() {
        for operation in PureOperation.all where operation.part != .wire || operation.subscriptions == 10_000 {
            // Each index has a random seed of its own, and with it a search that fails takes up to 2 % more or less.
            let bodies = (0..<(operation.part == .match ? 6 : 1)).map { _ in operation.prepare() }
            for body in bodies { body(operation.repetitions) }
            let title = operation.title
            let before = allocation_count()
            callgrind_begin()
            for body in bodies { body(operation.repetitions) }
            let allocations = allocation_count() - before
            callgrind_end(title)
            print("\(title)\t\(operation.repetitions * bodies.count)\t\(allocations)")
        }
    }
}
