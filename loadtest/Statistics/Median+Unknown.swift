extension Median {
    /// The median if every value is known: leaving out what could not be measured would flatter the rest.
    static func of(all values: [Double?]) -> Double? {
        let known = values.compactMap(\.self)
        return known.count == values.count ? of(known) : nil
    }
}
