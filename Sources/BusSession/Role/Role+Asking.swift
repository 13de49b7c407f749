package import BusProtocol
import LibevExecutor
package import RedisConnection

/// What lasts as long as a session: questions, timers, tasks. What comes after its end changes nothing.
extension Role {
    /// Asks Redis something within this session. A loss ends the session.
    ///
    /// - Parameter timeout: nil means the connection's command timeout.
    package func ask(
        _ client: any RedisClient, _ pipeline: RedisPipeline, timeout: Duration? = nil,
        then answered: @escaping @Sendable (isolated Self, RedisReplies) -> Void
    ) {
        let generation = life.generation
        client.submit(pipeline, timeout: timeout) { result in
            self.during(generation) { role in
                switch result {
                case .failure(let error): role.end(.lost(error))
                case .success(let replies): answered(role, replies)
                }
            }
        }
    }

    /// Calls `body` on the loop whenever what is returned is called there, for as long as this session lasts.
    package func inSession(_ body: @escaping @Sendable (isolated Self) -> Void) -> @Sendable () -> Void {
        let generation = life.generation
        return { self.during(generation, body) }
    }

    /// Tells, whenever what is returned is called, whether this session still lasts: for what has to wait meanwhile.
    package func lasting() -> () -> Bool {
        let (life, generation) = (life, life.generation)
        return { life.isCurrent(generation) }
    }

    /// Does something where a callback arrives on the loop, unless the session that it belongs to is over.
    nonisolated func during(_ generation: Int, _ body: @Sendable (isolated Self) -> Void) {
        assumeIsolated { role in
            if role.life.isCurrent(generation) { body(role) }
        }
    }

    /// Calls `body` on the loop again and again, for as long as this session lasts.
    package func every(_ interval: Duration, _ body: @escaping @Sendable (isolated Self) -> Void) {
        life.keep(executor.schedule(after: interval, repeating: interval, inSession(body)))
    }

    /// Runs a task on the loop after a delay, unless the session is over by then.
    package func scheduleTask(after delay: Duration, _ body: @escaping @Sendable (isolated Self) async -> Void) {
        executor.schedule(after: delay, inSession { $0.startTask(body) })
    }

    /// Runs something beside the work. On the loop throughout: without that preference a continuation passes through
    /// Swift's thread pool, and whoever blocks the pool would hold up the role.
    package func startTask(_ body: @escaping @Sendable (isolated Self) async -> Void) {
        Task(executorPreference: executor) { await body(self) }
    }
}
