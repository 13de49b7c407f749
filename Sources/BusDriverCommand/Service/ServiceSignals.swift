import Foundation
import LibevExecutor
import Logging

/// The signals that ask a service for something else than its end, under Resque's and resque-scheduler's meanings. From
/// its making on none of them ends the process; what comes before anybody obeys is kept until then.
///
/// SIGHUP, as a terminal sends that closes, changes nothing and is logged once.
///
/// Confined to the loop that the signals arrive on; made from anywhere.
final class ServiceSignals: @unchecked Sendable {
    /// What a signal asks for.
    enum Demand: CaseIterable {
        /// SIGUSR1: say what is done and what is to be done.
        case report
        /// SIGUSR2: pause, or read the schedules anew.
        case change
        /// SIGCONT: go on.
        case resume

        fileprivate var signal: Int32 {
            switch self {
            case .report: SIGUSR1
            case .change: SIGUSR2
            case .resume: SIGCONT
            }
        }
    }

    // Touched on the loop only.
    private var obey: (@Sendable (Demand) -> Void)?
    private var early = KeptDemands()
    private var hasHungUp = false

    private let executor: LibevExecutor

    /// - Parameters:
    ///   - executor: the loop that signals arrive on.
    ///   - logger: told of the first SIGHUP.
    init(executor: LibevExecutor, logger: Logger) {
        self.executor = executor
        for demand in Demand.allCases {
            executor.onSignal(demand.signal) { self.received(demand) }
        }
        executor.onSignal(SIGHUP) {
            if !self.hasHungUp { logger.notice("SIGHUP changes nothing; SIGTERM ends this process") }
            self.hasHungUp = true
        }
    }

    /// Calls `body` on the loop for every demand, and at once for those that came before.
    func onDemand(_ body: @escaping @Sendable (Demand) -> Void) {
        executor.execute { [self] in
            obey = body
            for demand in early.take() { body(demand) }
        }
    }

    private func received(_ demand: Demand) {
        if let obey { obey(demand) } else { early.keep(demand) }
    }
}

/// Demands that came before anybody obeys: each once, the last one last.
struct KeptDemands {
    private var demands: [ServiceSignals.Demand] = []

    mutating func keep(_ demand: ServiceSignals.Demand) {
        demands.removeAll { $0 == demand }
        demands.append(demand)
    }

    /// All of them, which are not kept any longer.
    mutating func take() -> [ServiceSignals.Demand] {
        defer { demands = [] }
        return demands
    }
}
