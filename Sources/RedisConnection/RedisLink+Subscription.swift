import CHiredis
import LibevExecutor

extension RedisLink {
    /// What a subscriber waits for and whom it tells.
    struct Subscription {
        var unconfirmed: Int
        let deliver: @Sendable (String, RedisReply) -> Void
        var completion: (@Sendable (RedisError?) -> Void)?
        var timer: LoopTimer?
    }

    /// Turns the connection into a subscriber's; nothing else can be sent on it any more. `completion` is called once,
    /// with nil when Redis has confirmed every channel.
    func subscribe(
        to channels: [String], timeout: Duration, deliver: @escaping @Sendable (String, RedisReply) -> Void,
        completion: @escaping @Sendable (RedisError?) -> Void
    ) {
        guard let context, phase == .ready, queue.isEmpty else {
            let error = RedisError(.closed, "A subscription needs a ready connection that has not subscribed before.")
            return executor.execute { completion(error) }
        }
        let channels = Set(channels)
        phase = .subscribed
        builder.pointee.expectMessages(on: Array(channels))
        subscription = Subscription(
            unconfirmed: channels.count, deliver: deliver, completion: completion,
            timer: executor.schedule(after: timeout) { [weak self] in
                self?.close(RedisError(.timedOut, "Redis did not confirm the subscription in time."))
            })

        // hiredis reads the channels up to a NUL, so this command is a string of its own.
        let command = (["SUBSCRIBE"] + channels).reduce("*\(channels.count + 1)\r\n") {
            $0 + "$\($1.utf8.count)\r\n\($1)\r\n"
        }
        if redisAsyncFormattedCommand(context, Self.messageCallback, nil, command, command.utf8.count) != REDIS_OK {
            close(RedisError(.connectionLost, "hiredis did not take the subscription; the connection is given up."))
        }
    }

    /// Passes on what has come since the last call.
    func receiveMessages() {
        for message in builder.pointee.takeReplies() {
            guard message.count >= 3, let channel = message[1].string else { continue }
            if message[0].string == "subscribe" {
                confirmChannel()
            } else if let deliver = subscription?.deliver {
                let payload = message[2]
                executor.execute { deliver(channel, payload) }
            }
        }
    }

    private func confirmChannel() {
        subscription?.unconfirmed -= 1
        guard subscription?.unconfirmed == 0 else { return }
        finishSubscribing(nil)
    }

    private func finishSubscribing(_ error: RedisError?) {
        subscription?.timer?.cancel()
        subscription?.timer = nil
        if let completion = subscription?.completion {
            subscription?.completion = nil
            executor.execute { completion(error) }
        }
    }

    /// What Redis answered to SUBSCRIBE if that was an error. It comes to no callback, because hiredis takes every
    /// error on a subscriber's connection for the end of it.
    func subscriptionRefusal() -> RedisError? {
        guard phase == .subscribed, subscription?.completion != nil,
            let refusal = builder.pointee.takeReplies().firstError
        else { return nil }
        return RedisError(.reply(refusal), "Redis refused SUBSCRIBE (\(refusal.message)).")
    }

    func endSubscription(_ error: RedisError) {
        finishSubscribing(error)
        subscription = nil
    }
}
