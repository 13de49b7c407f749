/// Judging several figures at once without crying wolf more often (Holm 1979).
enum HolmCorrection {
    /// p-values that can each be compared with the level as if it were the only one; in the same order.
    static func adjusted(_ values: [Double]) -> [Double] {
        var adjusted = values
        var least = 0.0
        for (rank, index) in values.indices.sorted(by: { values[$0] < values[$1] }).enumerated() {
            least = max(least, min(1, values[index] * Double(values.count - rank)))
            adjusted[index] = least
        }
        return adjusted
    }
}
