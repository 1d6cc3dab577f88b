package uz.koprik.indicators.policy.slow;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import uz.koprik.indicators.policy.slow.SlowAgreements.Paper;

/** The rules of purpose on use. */
final class SlowPurposes {

    private final SlowAgreements agreements;

    SlowPurposes(SlowAgreements agreements) {
        this.agreements = agreements;
    }

    /** Whether a member sees an object that it is given by the other rules. */
    boolean said(SlowReader.Member member, SlowStored object, Instant now) {
        return object.version().ours()
                || SlowMarkings.nothingPersonal(object)
                || givers(object).allMatch(partner -> open(member, agreements.ruling(partner, now)));
    }

    /** Who gave it; any partner when it is not known what an object of nobody outside carries. */
    private Stream<SlowReader.Centre> givers(SlowStored object) {
        boolean unknown = object.any(version -> version.kinds().isEmpty());
        return object.version().from().isEmpty() && unknown
                ? agreements.centres().stream()
                : object.version().from().stream().map(agreements::centre);
    }

    /** @param ruling the last agreement that began, also after its end; empty when none did */
    private static boolean open(SlowReader.Member member, Optional<Paper> ruling) {
        return ruling.filter(Paper::purposeOnUse).isEmpty() || saysOneOf(member, ruling.get());
    }

    private static boolean saysOneOf(SlowReader.Member member, Paper paper) {
        return member.purpose().filter(paper.purposes()::contains).isPresent();
    }
}
