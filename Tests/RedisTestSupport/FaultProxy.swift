import Foundation
import Synchronization

/// A proxy from a TCP port on 127.0.0.1 to a server's unix socket that breaks connections where a test says.
///
/// Connections are numbered from 0 in the order of their arrival. All members may be called from any thread or task;
/// none of them blocks. The proxy ends with `stop()` or at deinit.
public final class FaultProxy: Sendable {
    /// What happened to a connection.
    public enum Event: Sendable, Equatable {
        /// It was accepted.
        case opened(Int)
        /// A byte beyond a direction's share came, and its fault is in force.
        case faulted(Int, FaultDirection)
        /// Both its sides are closed.
        case closed(Int)
    }

    /// The port that clients connect to.
    public let port: UInt16
    /// Everything that happens, for one reader: a test waits here for the moment it needs.
    public let events: AsyncStream<Event>

    private let mailbox: FaultMailbox

    /// Starts a proxy in front of `server`.
    public convenience init(to server: RedisServer) throws { try self.init(toUnixSocket: server.socketPath) }

    /// Starts a proxy in front of whatever listens on a unix socket, now or later.
    public init(toUnixSocket path: String) throws {
        let (listener, port) = try LocalSocket.listening()
        self.port = port
        let (events, continuation) = AsyncStream.makeStream(of: Event.self)
        self.events = events
        let mailbox = try FaultMailbox()
        self.mailbox = mailbox
        Thread.detachNewThread {
            var loop = FaultLoop(listener: listener, upstream: path, mailbox: mailbox, events: continuation)
            loop.run()
        }
    }

    deinit { stop() }

    /// Returns when `event` comes, or came and was not read yet; reads away what came before it.
    ///
    /// - Throws: `TestSupportError` when it does not come in time, or the task is cancelled.
    public func wait(for event: Event, within deadline: Duration = .seconds(15)) async throws {
        guard await events.first(within: deadline, where: { $0 == event }) != nil else {
            throw TestSupportError("not within \(deadline): the proxy says \(event)")
        }
    }

    /// Scripts for the next connections, one each; connections beyond them are forwarded.
    public func script(_ scripts: FaultScript...) { mailbox.add(scripts) }

    /// Sends on what was held in connection `number`, and holds nothing more. Of a connection that is yet to come,
    /// nothing will be held.
    public func release(_ number: Int) { mailbox.post(.release(number)) }

    /// Closes connection `number` on both sides now, or as soon as it comes.
    public func close(_ number: Int) { mailbox.post(.end(number, .close)) }

    /// Resets connection `number` towards the client now, or as soon as it comes.
    public func reset(_ number: Int) { mailbox.post(.end(number, .reset)) }

    /// Resets every connection that is open now.
    public func resetAll() { mailbox.post(.resetAll) }

    /// Closes everything and ends the proxy's thread.
    public func stop() { mailbox.post(.stop) }
}

/// What the proxy's owner tells its thread.
final class FaultMailbox: Sendable {
    enum Order: Sendable {
        case release(Int)
        case end(Int, FaultScript.Fault)
        case resetAll
        case stop
    }

    private struct Contents {
        var orders: [Order] = []
        var scripts: [FaultScript] = []
    }
    private let contents = Mutex(Contents())
    private let bell: CInt
    /// Readable when there are orders.
    let doorbell: CInt

    init() throws {
        var ends: [CInt] = [0, 0]
        guard socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            throw TestSupportError("socketpair", errno: errno)
        }
        (bell, doorbell) = (ends[0], ends[1])
    }

    deinit {
        close(bell)
        close(doorbell)
    }

    func post(_ order: Order) {
        contents.withLock { $0.orders.append(order) }
        _ = write(bell, "!", 1)
    }

    func add(_ scripts: [FaultScript]) { contents.withLock { $0.scripts += scripts } }

    /// Takes the oldest script, or one that forwards everything.
    func nextScript() -> FaultScript {
        contents.withLock { $0.scripts.isEmpty ? FaultScript() : $0.scripts.removeFirst() }
    }

    /// Takes all orders after the doorbell rang.
    func takeOrders() -> [Order] {
        var rings = [UInt8](repeating: 0, count: 64)
        _ = read(doorbell, &rings, rings.count)
        return contents.withLock { contents in
            defer { contents.orders = [] }
            return contents.orders
        }
    }
}
