import CHiredis
import Glibc
import LibevExecutor

/// One TCP or unix connection at a time, through hiredis' asynchronous context.
///
/// What hiredis may call, and when the context is gone, is written down in `RedisLink+Hiredis.swift`. Nothing of a
/// caller's ever runs inside hiredis: every completion goes through the executor's queue.
///
/// `@unchecked Sendable`: everything but the initialiser runs on the loop's thread.
final class RedisLink: @unchecked Sendable {
    enum Phase {
        case closed
        case connecting
        /// Connected; only the handshake may send.
        case greeting
        case ready
        case subscribed
    }

    let executor: LibevExecutor
    var phase = Phase.closed
    var queue = RequestQueue()
    let builder: UnsafeMutablePointer<ReplyBuilder>
    var context: UnsafeMutablePointer<redisAsyncContext>?
    var watcher: SocketWatcher?
    /// What the context connects to; nil before there was one.
    var address: ResolvedAddress?
    /// Holds this object while hiredis has a pointer to it.
    var anchor: RedisLink?

    /// Why there is no connection any more; nil while there is one.
    private(set) var end: RedisError?

    var openCompletion: (@Sendable (RedisError?) -> Void)?
    private var openTimer: LoopTimer?
    private var deadlineTimer: LoopTimer?
    private var deadlineTimerFires = UInt64.max
    private var pingTimer: LoopTimer?
    private var wasUsedSincePing = false
    private var readySince: UInt64?
    /// How long the last connection was ready; nil before there was one.
    private(set) var lastUptime: Duration?

    /// What hiredis has not been given yet, beginning with the pipeline that it has a part of.
    private var held: [(pipeline: RedisPipeline, number: UInt)] = []
    /// How many commands of the first of these hiredis has.
    private var issuedOfFirst = 0
    var isWriting = false
    private var willWriteAtTurnEnd = false

    var onLoss: [@Sendable (RedisError) -> Void] = []
    var subscription: Subscription?

    /// What may wait in hiredis' output buffer; it moves the rest of that buffer after each partial write.
    static let unsentLimit = 1 << 20
    /// So much output is written before the loop turn ends.
    static let pieceSize = 64 << 10
    /// Redis' own limit for one argument; hiredis 0.14 counts in `int`.
    static let commandLimit = 512 << 20
    /// hiredis reads 16 KiB at a time. Enough of those per turn for a large reply, few enough for the neighbours.
    static let readsPerTurn = 16

    /// - Parameter longestString: Bytes of a string in a reply above which the connection is given up.
    init(executor: LibevExecutor, longestString: Int = .max) {
        self.executor = executor
        self.longestString = longestString
        builder = .allocate(capacity: 1)
        builder.initialize(to: ReplyBuilder())
    }

    private let longestString: Int

    deinit {
        builder.pointee.deallocate()
        builder.deinitialize(count: 1)
        builder.deallocate()
    }

    /// The socket, while there is one.
    var descriptor: Int32? {
        context.map { chiredis_descriptor($0) }
    }

    // MARK: - Opening and closing

    /// Begins to connect; `completion` is called once, with what went wrong or nil.
    func open(
        _ address: ResolvedAddress, timeout: Duration, completion: @escaping @Sendable (RedisError?) -> Void
    ) {
        precondition(context == nil && phase == .closed, "The link is open already.")
        openCompletion = completion
        end = nil
        phase = .connecting
        if let failure = attach(address) {
            finishOpening(failure)
        } else {
            openTimer = executor.schedule(after: timeout) { [weak self] in
                self?.close(RedisError(.unreachable, "\(address) did not answer within \(timeout)."))
            }
        }
    }

    func finishOpening(_ failure: RedisError?) {
        openTimer?.cancel()
        openTimer = nil
        phase = failure == nil ? .greeting : .closed
        if let completion = openCompletion {
            openCompletion = nil
            executor.execute { completion(failure) }
        }
    }

    /// The handshake is done: callers may submit now. Sends a PING whenever the connection was idle for `idlePing`.
    func becomeReady(idlePing: Duration?, pingTimeout: Duration) {
        phase = .ready
        readySince = MonotonicTime.now
        guard let idlePing else { return }
        pingTimer = executor.schedule(after: idlePing, repeating: idlePing) { [weak self] in
            self?.pingUnlessUsed(timeout: pingTimeout)
        }
    }

    private func pingUnlessUsed(timeout: Duration) {
        if !wasUsedSincePing && queue.isEmpty && phase == .ready {
            submit(RedisPipeline("PING"), timeout: timeout) { _ in }
        }
        wasUsedSincePing = false
    }

    /// Ends the connection at once. Requests under way fail with `error`; so does the opening.
    func close(_ error: RedisError, tellLoss: Bool = true) {
        if let context {
            // hiredis calls every pending callback from inside redisAsyncFree: with no data they do nothing.
            context.pointee.data = nil
            contextIsGone(error, tellLoss: tellLoss)
            redisAsyncFree(context)
        }
    }

    /// The context is freed or about to be; hiredis will not be called with it again.
    func contextIsGone(_ reason: RedisError, tellLoss: Bool) {
        let error = refusal(underlying: reason) ?? reason
        end = error
        let wasInUse = readySince != nil
        lastUptime = readySince.map { .nanoseconds(MonotonicTime.now - $0) } ?? lastUptime
        readySince = nil
        context = nil
        watcher?.stop()
        watcher = nil
        pingTimer?.cancel()
        deadlineTimer?.cancel()
        deadlineTimer = nil
        deadlineTimerFires = .max
        held.removeAll()
        issuedOfFirst = 0
        builder.pointee.reset()
        finishOpening(error)
        for completion in queue.removeAll() {
            executor.execute { completion(.failure(error)) }
        }
        endSubscription(error)
        if wasInUse && tellLoss {
            for body in onLoss { executor.execute { body(error) } }
        }
        // Not now: a caller further down the stack may be the last to hold this object otherwise.
        executor.execute { [self] in
            if context == nil { anchor = nil }
        }
    }

    /// A server without a connection to spare answers the first command of the handshake with an error, none of the
    /// others, and closes. That error says more than the close.
    private func refusal(underlying reason: RedisError) -> RedisError? {
        guard phase == .greeting, reason.code != .closed else { return nil }
        let replies = builder.pointee.takeReplies()
        guard replies.count < 2, let reply = replies.firstError ?? unreadRefusal else { return nil }
        return RedisError(.unreachable, "Redis refused the connection (\(reply.message)).", underlying: reply)
    }

    /// The same where the server had closed before the handshake was written: the write failed, and nobody reads the
    /// answer.
    private var unreadRefusal: RedisErrorReply? {
        guard let descriptor else { return nil }
        var input = [UInt8](repeating: 0, count: 512)
        let count = recv(descriptor, &input, input.count, Int32(MSG_DONTWAIT))
        guard count > 0, input[0] == UInt8(ascii: "-"),
            let end = input[..<count].firstIndex(of: UInt8(ascii: "\r"))
        else { return nil }
        return RedisErrorReply(message: String(decoding: input[1..<end], as: UTF8.self))
    }

    // MARK: - Sending

    /// Sends the pipeline at the end of this loop turn, provided that the link is in `requiredPhase`. `completion` is
    /// called once, never before this returns.
    func submit(
        _ pipeline: RedisPipeline, in requiredPhase: Phase = .ready, timeout: Duration,
        completion: @escaping RequestCompletion
    ) {
        guard phase == requiredPhase else {
            let error = RedisError(.closed, "There is no connection to Redis; nothing was sent.")
            return executor.execute { completion(.failure(error)) }
        }
        guard !pipeline.isEmpty else {
            let nothing = ReplyArena()
            return executor.execute { completion(.success(RedisReplies(arena: nothing))) }
        }
        wasUsedSincePing = true
        let deadline = MonotonicTime.now + timeout.inNanoseconds
        let number = queue.append(.init(repliesDue: pipeline.count, deadline: deadline, completion: completion))
        if number == queue.oldest && deadline < deadlineTimerFires { watchDeadline() }
        if held.isEmpty && unsent + pipeline.byteCount <= Self.unsentLimit {
            for command in 0..<pipeline.count {
                guard issue(pipeline, command, number) else { return }
            }
        } else {
            held.append((pipeline, number))
            if held.count == 1 { _ = issueHeld() }
        }
    }

    /// The bytes that hiredis has yet to write.
    var unsent: Int {
        context.map { chiredis_unsent($0) } ?? 0
    }

    /// Gives hiredis one command of a pipeline. Much output leaves at once and in pieces: Redis works on the first
    /// while the others are copied, and the copies stay in the cache. False when the connection is gone.
    private func issue(_ pipeline: RedisPipeline, _ command: Int, _ number: UInt) -> Bool {
        guard let context else { return false }
        builder.pointee.repliesDue += 1
        let isTaken = pipeline.withCommand(command) { bytes, length in
            length <= Self.commandLimit
                && redisAsyncFormattedCommand(
                    context, Self.replyCallback, UnsafeMutableRawPointer(bitPattern: number), bytes, length) == REDIS_OK
        }
        guard isTaken else {
            // Commands before it may have been taken, and hiredis will not call back for this one.
            close(RedisError(.connectionLost, "hiredis did not take a command; the connection is given up."))
            return false
        }
        if chiredis_unsent(context) >= Self.pieceSize, watcher?.writes == false { writePiece() }
        return self.context != nil
    }

    /// hiredis has something to write, or was not able to write all of it.
    func wantsToWrite() {
        guard let watcher else { return }
        if isWriting || phase == .connecting {
            watcher.writes = true
        } else if !willWriteAtTurnEnd && !watcher.writes {
            willWriteAtTurnEnd = true
            executor.notifyAtTurnEnd(self)
        }
    }

    /// Writes what hiredis has, then gives it what had no room before.
    func write() {
        repeat {
            writePiece()
            guard context != nil else { return }
        } while issueHeld()
    }

    private func writePiece() {
        guard let context else { return }
        isWriting = true
        redisAsyncHandleWrite(context)
        isWriting = false
    }

    /// Gives hiredis held commands as long as they find room and the socket takes what is written. True if there were
    /// any.
    private func issueHeld() -> Bool {
        var hasIssued = false
        while let (pipeline, number) = held.first, watcher?.writes == false,
            unsent == 0 || unsent + pipeline.byteCount(ofCommand: issuedOfFirst) <= Self.unsentLimit
        {
            hasIssued = true
            guard issue(pipeline, issuedOfFirst, number) else { break }
            issuedOfFirst += 1
            if issuedOfFirst == pipeline.count {
                held.removeFirst()
                issuedOfFirst = 0
            }
        }
        return hasIssued
    }

    // MARK: - Receiving

    func read() {
        for turn in 0..<Self.readsPerTurn {
            guard let context, turn == 0 || hasInput else { return }
            redisAsyncHandleRead(context)
            if let context = self.context, chiredis_unread(context) > longestString {
                close(RedisError(.protocolViolation, "Redis is sending a string of more than \(longestString) bytes."))
            }
        }
    }

    private var hasInput: Bool {
        guard let descriptor else { return false }
        var waiting: Int32 = 0
        return ioctl(descriptor, UInt(FIONREAD), &waiting) == 0 && waiting > 0
    }

    func receiveReply(to number: UInt) {
        builder.pointee.repliesDue -= 1
        guard case .complete(let completion) = queue.receiveReply(to: number) else { return }
        let replies = builder.pointee.takeReplies()
        executor.execute { completion(.success(replies)) }
        if let next = queue.oldestDeadline, next < deadlineTimerFires { watchDeadline() }
    }

    // MARK: - Deadlines

    /// One timer for the oldest request. It is left running when that is answered, and looks again when it fires:
    /// so a request costs no timer.
    private func watchDeadline() {
        guard let deadline = queue.oldestDeadline else { return }
        deadlineTimer?.cancel()
        let now = MonotonicTime.now
        deadlineTimerFires = deadline
        deadlineTimer = executor.schedule(after: .nanoseconds(deadline > now ? deadline - now : 0)) { [weak self] in
            self?.deadlineTimerFired()
        }
    }

    private func deadlineTimerFired() {
        deadlineTimer = nil
        deadlineTimerFires = .max
        guard let deadline = queue.oldestDeadline else { return }
        guard deadline <= MonotonicTime.now else { return watchDeadline() }
        // The reply may be here, unread because this process stood still. Timers come before input in a loop turn.
        let oldest = queue.oldest
        read()
        if queue.oldest == oldest && !queue.isEmpty {
            close(RedisError(.timedOut, "Redis did not answer in time; whether it executed the commands is unknown."))
        } else {
            watchDeadline()
        }
    }
}

extension RedisLink: TurnObserver {
    func turnEnds() {
        willWriteAtTurnEnd = false
        if watcher?.writes == false { write() }
    }
}

extension RedisPipeline {
    /// Calls `body` with each command until it returns false; returns whether it never did.
    private func range(ofCommand command: Int) -> Range<Int> {
        starts[command]..<(command + 1 < starts.count ? starts[command + 1] : bytes.count)
    }

    fileprivate func byteCount(ofCommand command: Int) -> Int { range(ofCommand: command).count }

    fileprivate func withCommand(_ command: Int, _ body: (UnsafePointer<CChar>, Int) -> Bool) -> Bool {
        bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress?.assumingMemoryBound(to: CChar.self) else { return true }
            let range = range(ofCommand: command)
            return body(base + range.lowerBound, range.count)
        }
    }
}
