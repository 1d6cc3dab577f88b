package uz.koprik.indicators.policy.slow;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rules of case files and their units, for members of the centre. */
final class SlowCases {

    private final SlowObjects objects;

    SlowCases(SlowObjects objects) {
        this.objects = objects;
    }

    static boolean toMember(SlowReader.Member member, SlowStored object) {
        if (!object.refersToCases()) {
            return true;
        }
        if (!member.cases()) {
            return false;
        }
        return member.units().isEmpty()
                || (!object.about().isEmpty()
                        && object.about().stream()
                                .allMatch(file -> member.units().get().contains(file.unit())));
    }

    /** What is there, refers to no case file, and comes in a new version now. */
    Set<SlowStored> outside(List<SlowVersion> coming) {
        Set<SlowStored> outside = new HashSet<>();
        objects.all().stream()
                .filter(stored -> !stored.refersToCases())
                .filter(stored -> coming.stream().anyMatch(version -> version.id()
                        .equals(stored.version().id())))
                .forEach(outside::add);
        return outside;
    }

    /**
     * Finds the case files that objects refer to, of those that were there before.
     *
     * @param outside see {@link #outside(List)}
     */
    void about(List<SlowStored> fresh, Set<SlowStored> outside) {
        for (int i = 0; i < fresh.size(); i++) {
            about(fresh.get(i), fresh.subList(i, fresh.size()), outside);
        }
    }

    private void about(SlowStored stored, List<SlowStored> later, Set<SlowStored> outside) {
        if (stored.version().caseFile()) {
            stored.about().add(stored.version());
            return;
        }
        if (!stored.refersToCases()) {
            return;
        }
        for (String reference : stored.version().references()) {
            Optional<SlowStored> other = objects.everyVersion(reference).reversed().stream()
                    .filter(one -> later.stream().noneMatch(one::equals))
                    .findFirst();
            if (other.filter(one -> !outside.contains(one) && one.about().isEmpty())
                    .filter(SlowStored::refersToCases)
                    .isPresent()) {
                stored.about().clear();
                return;
            }
            other.ifPresent(one -> stored.about().addAll(one.about()));
        }
    }

    /**
     * Who may not see the latest version does not see earlier ones, also when that is taken back: an earlier version is
     * about the case files of later ones, too, and for members of all units if one of those is.
     */
    void keepFromOtherUnits() {
        objects.byObject().forEach(SlowCases::keepFromOtherUnits);
    }

    private static void keepFromOtherUnits(List<SlowStored> versions) {
        for (int i = versions.size() - 1; i > 0; i--) {
            SlowStored later = versions.get(i);
            SlowStored earlier = versions.get(i - 1);
            if (later.refersToCases() && later.about().isEmpty()) {
                earlier.about().clear();
            } else if (!earlier.about().isEmpty() && !earlier.version().caseFile()) {
                earlier.about().addAll(later.about());
            }
        }
    }
}
