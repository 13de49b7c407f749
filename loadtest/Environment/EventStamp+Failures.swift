import BusOperations

extension EventStamp {
    /// The sequence number of the event that an entry of `failed` is about; nil if it is none of this run.
    func sequence(in failure: FailureRecord) -> Int? {
        // What is no text stands there in Base64, which `job` undoes.
        failure.bytes.withUnsafeBytes { sequence(in: $0) } ?? failure.job?.withUnsafeBytes { sequence(in: $0) }
    }
}
