import BusWire
import RedisConnection

extension PureOperation {
    private static let batch = 256

    static let encoding = [
        PureOperation(
            part: .resp, name: "RESP of a batch of \(batch) events", subscriptions: 10_000,
            repetitions: 200
        ) {
            let workload = PureWorkload(subscriptions: 10_000)
            return encode(workload, jobsPerQueue: batch / PureWorkload.applications + 1)
        }
    ]

    /// A commit's pushes: one list for each application.
    private static func encode(_ workload: PureWorkload, jobsPerQueue: Int) -> (Int) -> Void {
        let jobs = JobBuffer()
        for event in workload.events(matches: 1).prefix(jobsPerQueue) { jobs.append(element: event) }
        let keys = (0..<PureWorkload.applications).map { "resque:queue:app_\($0)_default" }
        var pipeline = RedisPipeline()
        return { times in
            for _ in 0..<times {
                pipeline.removeAll()
                for key in keys {
                    pipeline.begin(argumentCount: 2 + jobs.count)
                    pipeline.argument("RPUSH")
                    pipeline.argument(key)
                    jobs.withUnsafeBytes { pipeline.encodedArguments($0, count: jobs.count) }
                }
                precondition(pipeline.count == keys.count)
            }
        }
    }
}
