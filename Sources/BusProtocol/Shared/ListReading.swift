package import RedisConnection

/// How much of a list is read in one round trip.
package enum ListPage {
    /// In elements, each of which may have many megabytes.
    package static let size = 64
}

extension RedisClient {
    /// Elements of a list from a place on, its head first; fewer than asked for at the end of the list.
    ///
    /// Reads a page at a time, so what moves meanwhile may come twice or not at all.
    package func elements(ofList key: String, from start: Int, count: Int) async throws(RedisError) -> [[UInt8]] {
        var elements: [[UInt8]] = []
        var first = min(start, .max / 2)
        while elements.count < count {
            let wanted = min(ListPage.size, count - elements.count)
            let page = try await call("LRANGE", key, String(first), String(first + wanted - 1))
            for element in page.elements { elements.append(element.bytes ?? []) }
            guard page.count == wanted else { break }
            first += wanted
        }
        return elements
    }
}
