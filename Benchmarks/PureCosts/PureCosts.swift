import Allocations
import ArgumentParser
import CCallgrind
import PureOperations

/// Does every pure operation once its setup and a warm-up are over, marked for callgrind, and prints how often it was done and
/// how many heap allocations that took, as lines of `title<TAB>times<TAB>allocations`.
@main
struct PureCosts: ParsableCommand {
    func run() {
        for operation in PureOperation.all where operation.part != .wire || operation.subscriptions == 10_000 {
            let (title, body) = (operation.title, operation.prepare())
            body(operation.repetitions)
            let before = allocation_count()
            callgrind_begin()
            body(operation.repetitions)
            let allocations = allocation_count() - before
            callgrind_end(title)
            print("\(title)\t\(operation.repetitions)\t\(allocations)")
        }
    }
}
