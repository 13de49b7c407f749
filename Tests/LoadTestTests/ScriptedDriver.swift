import Foundation
import RedisTestSupport
import Synchronization

@testable import LoadTest

/// A driver as another project might write it: it takes the events one by one, over a connection of its own and a
/// thread of its own, and can be told to do wrong.
final class ScriptedDriver: Sendable {
    /// What it does to each event.
    enum Treatment: Sendable {
        case drive, drop, double, misroute
    }

    private let isStopping = Atomic(false)
    private let ended = DispatchSemaphore(value: 0)

    /// Starts driving.
    ///
    /// - Parameters:
    ///   - queues: each event goes to all of them.
    ///   - pause: taken for each event.
    ///   - treatment: by the event's place among all that were taken, from 0.
    init(
        _ server: RedisServer, queues: [String], pause: Duration = .zero,
        treatment: @escaping @Sendable (Int) -> Treatment = { _ in .drive }
    ) {
        let path = server.socketPath
        let thread = Thread { [self] in
            defer { ended.signal() }
            guard let redis = try? RawRedis(unixSocket: path) else { return }
            var taken = 0
            while !isStopping.load(ordering: .relaxed) {
                guard
                    case .bytes(let element)? = try? redis.call("BLPOP", "resque:queue:bus_incoming", "0.1").array?.last
                else {
                    continue
                }
                if pause > .zero { Thread.sleep(forTimeInterval: pause / .seconds(1)) }
                Self.drive(element, treatment(taken), to: queues, over: redis)
                taken += 1
            }
        }
        thread.start()
    }

    private static func drive(_ element: [UInt8], _ treatment: Treatment, to queues: [String], over redis: RawRedis) {
        let copies = [Treatment.drop: 0, .double: 2][treatment, default: 1]
        for queue in treatment == .misroute ? ["elsewhere"] : queues {
            for _ in 0..<copies {
                _ = try? redis.call([Array("RPUSH".utf8), Array("resque:queue:\(queue)".utf8), element])
            }
        }
    }

    /// Returns when it has ended.
    func stop() {
        isStopping.store(true, ordering: .relaxed)
        ended.wait()
    }
}
