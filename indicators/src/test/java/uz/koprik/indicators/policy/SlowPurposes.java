package uz.koprik.indicators.policy;

import java.util.Optional;
import uz.koprik.indicators.policy.SlowModel.Paper;
import uz.koprik.indicators.policy.SlowModel.Reader;

/** The rules of purpose on use of {@code docs/policy.md}, for {@link SlowModel}. */
final class SlowPurposes {

    private SlowPurposes() {}

    /**
     * Whether a member sees personal objects that a partner gave.
     *
     * @param ruling the last agreement with that partner that began, also after its end; empty when none did
     */
    static boolean open(Reader.Member member, Optional<Paper> ruling) {
        return ruling.filter(Paper::purposeOnUse).isEmpty() || saysOneOf(member, ruling.get());
    }

    private static boolean saysOneOf(Reader.Member member, Paper paper) {
        return member.purpose().filter(paper.purposes()::contains).isPresent();
    }
}
