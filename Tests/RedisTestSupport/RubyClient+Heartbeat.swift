extension RubyClient {
    /// `QueueBus::Heartbeat.perform`, command by command (contract §5).
    ///
    /// - Parameter now: the clock of the worker in epoch seconds; a job asks it again for each minute.
    public func heartbeat(now: () -> Int) throws {
        let begin = now()
        let lock = "\(prefix)bus:heartbeat:lock"
        let timestamp = "\(prefix)bus:heartbeat:timestamp"
        let end = String(begin + 62)
        if try redis.call("SETNX", lock, end).integer == 0 {
            guard begin > Self.integer(try redis.call("GET", lock)) else { return }
            guard begin > Self.integer(try redis.call("GETSET", lock, end)) else { return }
        }
        while case let present = now(), present < begin + 60 {
            var minute = present / 60
            let saved = try redis.call("GET", timestamp)
            if saved.string != nil {
                guard minute > Self.integer(saved) else { break }
                minute = Self.integer(saved) + 1
            }
            try publish("heartbeat_minutes", ["epoch_minutes": .integer(minute)])
            try redis.call("SET", timestamp, String(minute))
        }
        try redis.call("DEL", lock)
    }

    /// Ruby's `to_i` of a reply, nil among them.
    private static func integer(_ reply: RawReply) -> Int { Int(reply.string ?? "") ?? 0 }
}
