import Glibc

/// The bytes of one direction on their way through a `FaultProxy`.
final class FaultFlow {
    private(set) var plan: FaultScript.Plan
    /// The sender will send nothing more.
    private(set) var isEnded = false
    /// The receiver has got everything there was, and has been told so.
    private(set) var isOver = false

    private let source: CInt
    private let destination: CInt
    private var waiting: [UInt8] = []
    private var forwarded = 0
    private var isFaulted = false

    init(from source: CInt, to destination: CInt, plan: FaultScript.Plan) {
        self.source = source
        self.destination = destination
        self.plan = plan
    }

    /// Whether bytes wait that the plan lets pass.
    var hasSendable: Bool { sendable > 0 }

    private var sendable: Int { min(waiting.count, plan.bytes.map { $0 - forwarded } ?? .max) }

    /// Reads what is there without waiting.
    func receive() {
        guard !isEnded else { return }
        var chunk = [UInt8](repeating: 0, count: 65536)
        let count = recv(source, &chunk, chunk.count, 0)
        if count > 0 {
            waiting += chunk[..<count]
        } else if count == 0 || errno != EAGAIN {
            isEnded = true
        }
    }

    /// Forwards what the plan allows and the receiver takes; passes the sender's end on behind the last byte.
    func send() {
        let allowed = sendable
        if allowed > 0 {
            let count = Glibc.send(destination, waiting, allowed, CInt(MSG_NOSIGNAL))
            if count > 0 {
                forwarded += count
                waiting.removeFirst(count)
            } else if errno != EAGAIN {
                // The receiver has gone: what it will never read need not wait.
                waiting = []
            }
        }
        if isFaulted && plan.fault == .discard { waiting = [] }
        let holdsEnd = isFaulted && plan.fault == .hold
        if isEnded && waiting.isEmpty && !isOver && !holdsEnd {
            isOver = true
            shutdown(destination, CInt(SHUT_WR))
        }
    }

    /// True once, when the plan's share has passed and a byte beyond it is there.
    func takeFault() -> Bool {
        guard !isFaulted, let share = plan.bytes, forwarded >= share, !waiting.isEmpty else { return false }
        isFaulted = true
        return true
    }

    /// From now on everything passes.
    func release() {
        plan = .forward
        isFaulted = false
    }
}
