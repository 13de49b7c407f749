import BusRider
import Foundation
import RedisConnection

/// Does what the job says, and keeps account of it in Redis: the list `began` gets each job before its work, `ran`
/// behind it.
///
/// A job is words: its name, and then `sleep <ms>`, `fail`, `retry` (once, then it fails for good), `trap`, or nothing.
struct LedgerPerformer: JobPerforming {
    let ledger: RedisConnection

    func perform(_ job: ReservedJob) async -> JobReport {
        do throws(RedisError) {
            try await record(job, in: "began")
            let report = await work(on: job)
            try await record(job, in: "ran")
            return report
        } catch {
            return JobReport(.failed(JobFailure(exception: "Ledger", message: error.message)))
        }
    }

    private func record(_ job: ReservedJob, in list: String) async throws(RedisError) {
        var pipeline = RedisPipeline()
        pipeline.begin(argumentCount: 3)
        pipeline.argument("RPUSH")
        pipeline.argument(list)
        job.element.withUnsafeBytes { pipeline.argument(bytes: $0) }
        _ = try await ledger.send(pipeline, timeout: nil)
    }

    private func work(on job: ReservedJob) async -> JobReport {
        let text = String(decoding: job.element, as: UTF8.self)
        let words = text.split(separator: " ").dropFirst()
        switch words.first {
        case "sleep":
            // Deaf to its cancellation, as a handler that computes is.
            let milliseconds = words.last.flatMap { Int($0) } ?? 0
            await Task.detached { try? await Task.sleep(for: .milliseconds(milliseconds)) }.value
            return JobReport(.done)
        case "fail":
            return JobReport(.failed(JobFailure(exception: "Failure", message: "as it was told")))
        case "retry":
            let key = RetryKey(className: "Job", arguments: text)
            let retry = JobFailure.Retry(
                policy: .delays([.zero]), key: key, queue: job.queue, element: job.element,
                delayedElement: job.element)
            return JobReport(
                .failed(JobFailure(exception: "Failure", message: "as it was told", retry: retry)), retryKey: key)
        case "trap": fatalError("as it was told")
        default: return JobReport(.done)
        }
    }
}
