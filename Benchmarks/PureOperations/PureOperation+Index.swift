import BusMatching

extension PureOperation {
    static let indexing = sizes.map { size in
        PureOperation(part: .index, name: "build the index", subscriptions: size, repetitions: max(1, 10_000 / size)) {
            let workload = PureWorkload(subscriptions: size)
            return { times in
                for _ in 0..<times {
                    let index = SubscriptionIndex(subscriptions: workload.subscriptions)
                    precondition(index.statistics.neverMatching == 0, "subscriptions that match nothing")
                }
            }
        }
    }
}
