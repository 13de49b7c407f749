import BusWire
package import RedisConnection

/// Changes are announced in `schedules_changed`, by which Ruby's leader takes them over as well.
extension ScheduleRegistry {
    /// Adds or replaces an entry, as Ruby's `set_schedule` does with `persist` (contract §7).
    ///
    /// - Parameter json: what ``ScheduleRegistry/Contents/persistent`` has.
    /// - Returns: whether it is new.
    package func put(_ name: String, json: [UInt8]) async throws(RedisError) -> Bool {
        var commands = RedisPipeline()
        commands.begin(argumentCount: 4)
        commands.argument("HSET")
        commands.argument(bus.persistentSchedules)
        commands.argument(name)
        json.withUnsafeBytes { commands.argument(bytes: $0) }
        commands.append("SADD", bus.schedulesChanged, name)
        let outcome = try await connection.transact(commands, keys: [bus.persistentSchedules, bus.schedulesChanged])
        return outcome[0].integer == 1
    }

    /// Removes an entry, as Ruby's `remove_schedule` does, and with it what is noted of its firings and that it is
    /// paused.
    ///
    /// - Returns: whether it was in `persistent_schedules`.
    package func remove(_ name: String) async throws(RedisError) -> Bool {
        var commands = RedisPipeline("HDEL", bus.persistentSchedules, name)
        commands.append("HDEL", bus.scheduleFirings, name)
        commands.append("SREM", bus.pausedSchedules, name)
        commands.append("SADD", bus.schedulesChanged, name)
        let outcome = try await connection.transact(
            commands, keys: [bus.persistentSchedules, bus.scheduleFirings, bus.pausedSchedules, bus.schedulesChanged])
        return outcome[0].integer == 1
    }

    /// Keeps schedules from firing until they are resumed. Ruby's schedulers know no pause and fire them.
    ///
    /// - Returns: how many were not paused before.
    @discardableResult
    package func pause(_ names: [String]) async throws(RedisError) -> Int {
        try await change("SADD", names)
    }

    /// Lets schedules fire again.
    ///
    /// - Returns: how many were paused.
    @discardableResult
    package func resume(_ names: [String]) async throws(RedisError) -> Int {
        try await change("SREM", names)
    }

    /// Forgets what is noted of the firings of a schedule, which then is as good as never seen.
    package func forgetState(_ name: String) async throws(RedisError) {
        _ = try await connection.call("HDEL", bus.scheduleFirings, name)
    }

    /// Announces changes again that were taken and not heeded.
    package func announce(_ names: [String]) async throws(RedisError) {
        for page in names.pages(of: Self.page) {
            var pipeline = RedisPipeline()
            pipeline.append(["SADD", bus.schedulesChanged] + page)
            _ = try await connection.sendChecked(pipeline)
        }
    }

    private func change(_ command: String, _ names: [String]) async throws(RedisError) -> Int {
        var changed = 0
        for page in names.pages(of: Self.page) {
            var commands = RedisPipeline()
            commands.append([command, bus.pausedSchedules] + page)
            commands.append(["SADD", bus.schedulesChanged] + page)
            let outcome = try await connection.transact(
                commands, keys: [bus.pausedSchedules, bus.schedulesChanged])
            changed += outcome[0].integer ?? 0
        }
        return changed
    }
}
