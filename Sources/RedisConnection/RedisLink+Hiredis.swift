import CHiredis
import Glibc
import LibevExecutor

// The life of a redisAsyncContext, as hiredis 0.14 and 1.x have it:
//
// * It is freed by hiredis itself after `onConnect` with an error and after `onDisconnect`, or by `redisAsyncFree`,
//   which must not be called inside those two. `RedisLink.close` is never reached from inside hiredis, because nothing
//   of a caller's runs there.
// * Before it is freed every pending callback is called with a NULL reply.
// * `data` is this link while the link knows the context, and nil from the moment it gives the context up.

extension RedisLink {
    private typealias Context = UnsafeMutablePointer<redisAsyncContext>

    /// Makes a context that connects to `address`, or says why not.
    func attach(_ address: ResolvedAddress) -> RedisError? {
        let made =
            switch address {
            case .tcp(let host, let port): redisAsyncConnect(host, Int32(port))
            case .unix(let path): redisAsyncConnectUnix(path)
            }
        guard let made else { return RedisError(.unreachable, "There is no memory for a connection to \(address).") }
        guard chiredis_error(made) == 0 else {
            let reason = String(cString: chiredis_error_text(made))
            redisAsyncFree(made)
            return RedisError(.unreachable, "Connecting to \(address) failed: \(reason).")
        }

        let descriptor = chiredis_descriptor(made)
        setOptions(descriptor, isTCP: address.isTCP)
        context = made
        self.address = address
        anchor = self
        builder.pointee.reset()
        watcher = SocketWatcher(
            executor: executor, descriptor: descriptor,
            onReadable: { [unowned self] in read() }, onWritable: { [unowned self] in write() })

        let this = Unmanaged.passUnretained(self).toOpaque()
        made.pointee.data = this
        // Keeping the read buffer saves an allocation for each large reply.
        chiredis_set_reader(made, ReplyBuilder.functions, builder, 1 << 20)
        chiredis_set_hooks(
            made, this,
            { RedisLink.of($0)?.watcher?.reads = true },
            { RedisLink.of($0)?.watcher?.reads = false },
            { RedisLink.of($0)?.wantsToWrite() },
            { RedisLink.of($0)?.watcher?.writes = false },
            { RedisLink.of($0)?.watcher?.stop() })
        // After the hooks: setting the callback begins to wait for the connection.
        redisAsyncSetConnectCallback(made) { RedisLink.of($0?.pointee.data)?.connected($0, $1) }
        redisAsyncSetDisconnectCallback(made) { context, _ in RedisLink.of(context?.pointee.data)?.disconnected(context)
        }
        return nil
    }

    private static func of(_ data: UnsafeMutableRawPointer?) -> RedisLink? {
        data.map { Unmanaged<RedisLink>.fromOpaque($0).takeUnretainedValue() }
    }

    private func connected(_ context: UnsafePointer<redisAsyncContext>?, _ status: Int32) {
        guard let context else { return }
        if status == REDIS_OK {
            finishOpening(nil)
        } else {
            let reason = String(cString: chiredis_error_text(context))
            let name = address?.description ?? "Redis"
            contextIsGone(RedisError(.unreachable, "Connecting to \(name) failed: \(reason)."), tellLoss: false)
        }
    }

    private func disconnected(_ context: UnsafePointer<redisAsyncContext>?) {
        guard let context else { return }
        if let refusal = subscriptionRefusal() {
            contextIsGone(refusal, tellLoss: false)
        } else {
            contextIsGone(lossError(context), tellLoss: true)
        }
    }

    /// Called with each reply, and with NULL for each that will not come; `disconnected` follows and fails the
    /// requests.
    static let replyCallback:
        @convention(c) (
            UnsafeMutablePointer<redisAsyncContext>?, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?
        ) -> Void = { context, reply, number in
            guard reply != nil, let link = RedisLink.of(context?.pointee.data) else { return }
            link.receiveReply(to: UInt(bitPattern: number))
        }

    /// Called with each message on a channel, and with NULL when no more will come.
    static let messageCallback:
        @convention(c) (
            UnsafeMutablePointer<redisAsyncContext>?, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?
        ) -> Void = { context, reply, _ in
            guard reply != nil, let link = RedisLink.of(context?.pointee.data) else { return }
            link.receiveMessages()
        }

    private func lossError(_ context: UnsafePointer<redisAsyncContext>) -> RedisError {
        let reason = String(cString: chiredis_error_text(context))
        if builder.pointee.hasSeenUnexpectedReply {
            return RedisError(.protocolViolation, "The connection was given up: \(reason).")
        }
        switch chiredis_error(context) {
        case REDIS_ERR_OTHER:
            // An error reply that no command had asked for, such as "max number of clients reached".
            return RedisError(.connectionLost, "Redis ended the connection: \(reason).")
        case REDIS_ERR_PROTOCOL, REDIS_ERR_OOM:
            // "Out of memory" is also what hiredis says when ReplyBuilder refuses a type.
            return RedisError(.protocolViolation, "What came from Redis is not RESP2: \(reason).")
        case REDIS_ERR_EOF:
            return RedisError(.connectionLost, "Redis closed the connection.")
        default:
            return RedisError(.connectionLost, "The connection to Redis broke: \(reason).")
        }
    }

    /// A peer that is gone must be noticed within seconds, also by the kernel, and no child process may inherit it.
    private func setOptions(_ descriptor: Int32, isTCP: Bool) {
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        guard isTCP else { return }
        func set(_ level: Int32, _ option: Int32, _ value: Int32) {
            var value = value
            setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
        }
        set(SOL_SOCKET, SO_KEEPALIVE, 1)
        set(Int32(IPPROTO_TCP), TCP_KEEPIDLE, 15)
        set(Int32(IPPROTO_TCP), TCP_KEEPINTVL, 5)
        set(Int32(IPPROTO_TCP), TCP_KEEPCNT, 3)
        set(Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, 3000)
    }
}
