import BusProtocol
import BusSession
import RedisConnection

extension RedisClient {
    /// Sends commands; where a crash is planned between their departure and the first answer, it happens there. To be
    /// called on the connection's loop then.
    func send(_ pipeline: RedisPipeline, passing point: SchedulerCrashPoint) async throws(RedisError) -> RedisReplies {
        #if DEBUG
            if CrashPlan.names(point.rawValue) {
                let result = await withCheckedContinuation { continuation in
                    submit(pipeline) { continuation.resume(returning: $0) }
                    SchedulerCrashPoint.pass(point)
                }
                return try result.get()
            }
        #endif
        return try await send(pipeline)
    }
}
