enum Median {
    /// The middle value, or the mean of the two in the middle; nil if there is none.
    static func of(_ values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        return of(sorted: values.sorted())
    }

    /// The same for values that are in order; there must be some.
    static func of(sorted values: [Double]) -> Double {
        (values[(values.count - 1) / 2] + values[values.count / 2]) / 2
    }
}
