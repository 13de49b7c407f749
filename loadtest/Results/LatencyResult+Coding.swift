/// In JSON a bucket is the pair `[microseconds, count]`, and the shown percentiles stand beside the buckets for readers
/// that do not want to compute them. They are written only: the buckets decide.
extension LatencyResult: Codable {
    private enum CodingKeys: String, CodingKey {
        case count, buckets, mean, max, percentiles
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        count = try container.decode(Int.self, forKey: .count)
        buckets = try container.decode([Bucket].self, forKey: .buckets)
        mean = try container.decode(Double.self, forKey: .mean)
        max = try container.decode(Double.self, forKey: .max)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(count, forKey: .count)
        try container.encode(buckets, forKey: .buckets)
        try container.encode(mean, forKey: .mean)
        try container.encode(max, forKey: .max)
        let percentiles = Self.shown.map { (Quantity.percentile($0), percentile($0)) }
        try container.encode(Dictionary(uniqueKeysWithValues: percentiles), forKey: .percentiles)
    }
}

extension LatencyResult.Bucket: Codable {
    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        microseconds = try container.decode(Double.self)
        count = try container.decode(Int.self)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        try container.encode(microseconds)
        try container.encode(count)
    }
}
