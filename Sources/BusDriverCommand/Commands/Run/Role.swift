import ArgumentParser

/// What a process can do on the bus.
enum Role: String, CaseIterable {
    case driver
    case scheduler

    /// Reads roles separated by commas.
    ///
    /// - Throws: `ValidationError` for a word that is none.
    static func parse(_ text: String) throws -> Set<Role> {
        let words = text.split(separator: ",", omittingEmptySubsequences: false)
        return Set(
            try words.map { word in
                guard let role = Role(rawValue: String(word)) else {
                    let roles = allCases.map(\.rawValue).joined(separator: ", ")
                    throw ValidationError("'\(word)' is not a role; write one or more of \(roles), with commas.")
                }
                return role
            })
    }
}
