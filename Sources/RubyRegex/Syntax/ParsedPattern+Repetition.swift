extension ParsedPattern {
    /// `*`, `+`, `?` and their lazy forms, however they are written.
    private enum Quantifier: Int {
        case maybe, many, some, lazyMaybe, lazyMany, lazySome

        init?(minimum: Int32, maximum: Int32, isLazy: Bool) {
            switch (minimum, maximum) {
            case (0, 1): self = isLazy ? .lazyMaybe : .maybe
            case (0, SyntaxTree.unbounded): self = isLazy ? .lazyMany : .many
            case (1, SyntaxTree.unbounded): self = isLazy ? .lazySome : .some
            default: return nil
            }
        }

        var bounds: (minimum: Int32, maximum: Int32, isLazy: Bool) {
            switch self {
            case .maybe: (0, 1, false)
            case .many: (0, SyntaxTree.unbounded, false)
            case .some: (1, SyntaxTree.unbounded, false)
            case .lazyMaybe: (0, 1, true)
            case .lazyMany: (0, SyntaxTree.unbounded, true)
            case .lazySome: (1, SyntaxTree.unbounded, true)
            }
        }

        /// What two quantifiers, one right behind the other, are for Ruby; the second is nil where one is enough.
        func followed(by outer: Quantifier) -> (inner: Quantifier, outer: Quantifier?) {
            switch (self, outer) {
            case (.maybe, .lazySome), (.some, .lazyMaybe), (.lazySome, .maybe), (.lazySome, .many), (.lazySome, .some):
                (self, outer)
            case (.maybe, .many), (.maybe, .some), (.some, .maybe), (.some, .many): (.many, nil)
            case (.maybe, .lazyMaybe): (.lazyMaybe, nil)
            case (.maybe, .lazyMany), (.lazyMaybe, .many), (.lazyMaybe, .some), (.lazyMaybe, .lazyMany),
                (.lazyMaybe, .lazySome), (.lazySome, .lazyMaybe), (.lazySome, .lazyMany):
                (.lazyMany, nil)
            case (.many, .lazyMaybe), (.many, .lazyMany), (.some, .lazyMany): (.some, .lazyMaybe)
            default: (self, nil)
            }
        }
    }

    /// Repeats the node that was added last. Quantifiers of quantifiers become one, or two.
    mutating func addRepetition(of target: Index, minimum: Int32, maximum: Int32, isLazy: Bool) -> Index {
        guard case .repetition(let body, let innerMinimum, let innerMaximum, let innerIsLazy) = nodes[Int(target)],
            let inner = Quantifier(minimum: innerMinimum, maximum: innerMaximum, isLazy: innerIsLazy)
        else { return add(.repetition(target, minimum: minimum, maximum: maximum, isLazy: isLazy)) }
        guard let outer = Quantifier(minimum: minimum, maximum: maximum, isLazy: isLazy) else {
            // What has no bound within needs none without.
            let isEndless = inner == .many || inner == .some
            let isReduced = isEndless && maximum != SyntaxTree.unbounded && maximum > 1 && !isLazy
            let bound = isReduced ? max(minimum, 1) : maximum
            return add(.repetition(target, minimum: minimum, maximum: bound, isLazy: isLazy))
        }
        let reduced = inner.followed(by: outer)
        let bounds = reduced.inner.bounds
        nodes[Int(target)] = .repetition(
            body, minimum: bounds.minimum, maximum: bounds.maximum, isLazy: bounds.isLazy)
        guard let remaining = reduced.outer?.bounds else { return target }
        return add(
            .repetition(target, minimum: remaining.minimum, maximum: remaining.maximum, isLazy: remaining.isLazy))
    }
}
