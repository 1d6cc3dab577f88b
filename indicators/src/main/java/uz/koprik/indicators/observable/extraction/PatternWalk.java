package uz.koprik.indicators.observable.extraction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.indicators.observable.Hash;
import uz.koprik.indicators.observable.Messenger;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.extraction.ObservableExtraction.FoundValue;
import uz.koprik.indicators.observable.extraction.ObservableExtraction.SkippedValue;
import uz.koprik.indicators.observable.forms.FilePath;
import uz.koprik.indicators.pattern.AssertedValue;
import uz.koprik.indicators.pattern.Constant;
import uz.koprik.indicators.pattern.ObjectPath;
import uz.koprik.indicators.pattern.Pattern;
import uz.koprik.indicators.pattern.PatternSyntaxError;

/** Takes from the pattern of an indicator the values it looks for. */
final class PatternWalk {

    private static final String NAME = "file:name";
    private static final String FOLDER = "file:parent_directory_ref.path";

    private final ObjectWalk values;
    private final List<SkippedValue> skipped;

    PatternWalk(ObjectWalk values, List<SkippedValue> skipped) {
        this.values = values;
        this.skipped = skipped;
    }

    void pattern(String text, String pointer) {
        List<AssertedValue> asserted;
        try {
            asserted = Pattern.parse(text).assertedValues();
        } catch (PatternSyntaxError e) {
            skipped.add(new SkippedValue(pointer, Optional.empty(), "not a STIX pattern: " + e.getMessage()));
            return;
        }
        Map<Integer, Set<String>> services = null;
        for (int i = 0; i < asserted.size(); i++) {
            AssertedValue value = asserted.get(i);
            if (i + 1 < asserted.size() && path(value, asserted.get(i + 1), pointer)) {
                i++;
                continue;
            }
            String constant = text(value.value());
            if (constant == null) {
                continue; // bytes, times and truth values are of no kind
            }
            if (!value.path().objectType().equals("user-account")) {
                List<ObservableKind> kinds = ObservableKind.ofStixPath(path(value.path()));
                if (!kinds.isEmpty()) {
                    values.value(constant, kinds, pointer);
                }
                continue;
            }
            services = services == null ? services(asserted) : services;
            String path = value.path().toString();
            if (path.equals("user-account:account_login") || path.equals("user-account:user_id")) {
                for (String service : services.getOrDefault(value.observation(), Set.of())) {
                    values.value(service + ':' + constant, List.of(ObservableKind.MESSENGER), pointer);
                }
            }
        }
    }

    /** Whether two comparisons say the name and the folder of a file, one after the other. */
    private boolean path(AssertedValue one, AssertedValue next, String pointer) {
        if (!one.path().objectType().equals("file") || one.observation() != next.observation()) {
            return false;
        }
        String first = one.path().toString();
        String second = next.path().toString();
        boolean ordered = first.equals(NAME) && second.equals(FOLDER);
        if (!ordered && !(first.equals(FOLDER) && second.equals(NAME))) {
            return false;
        }
        String name = text(ordered ? one.value() : next.value());
        String folder = text(ordered ? next.value() : one.value());
        if (name == null || folder == null || FilePath.path(FilePath.join(folder, name)) == null) {
            return false;
        }
        values.value(FilePath.join(folder, name), List.of(ObservableKind.FILE_PATH), pointer);
        return true;
    }

    /** The value of a known kind that is named by one comparison for equality; empty when there is none. */
    static Optional<Observable> named(ObjectPath at, Constant constant) {
        String text = text(constant);
        if (text == null || at.objectType().equals("user-account")) {
            return Optional.empty(); // a login says nothing without the service it is for
        }
        List<FoundValue> found = new ArrayList<>(1);
        new ObjectWalk(Normalisation.PLAIN, found, new ArrayList<>(1))
                .value(text, ObservableKind.ofStixPath(path(at)), "");
        return found.stream().map(FoundValue::observable).findFirst();
    }

    /** The messengers each observation names, by its number. */
    private static Map<Integer, Set<String>> services(List<AssertedValue> asserted) {
        Map<Integer, Set<String>> services = new HashMap<>();
        for (AssertedValue value : asserted) {
            if (value.path().toString().equals("user-account:account_type")
                    && value.value() instanceof Constant.StringConstant type
                    && Messenger.isKnown(type.value())) {
                services.computeIfAbsent(value.observation(), o -> new LinkedHashSet<>())
                        .add(type.value());
            }
        }
        return services;
    }

    private static String text(Constant constant) {
        return switch (constant) {
            case Constant.StringConstant string -> string.value();
            case Constant.IntegerConstant integer -> integer.value().toString();
            case Constant.FloatConstant number -> null;
            case Constant.BooleanConstant bool -> null;
            case Constant.TimestampConstant timestamp -> null;
            case Constant.BytesConstant bytes -> null;
        };
    }

    /** The path in normal form, with the STIX name of a hash: authors write {@code hashes.SHA256} too. */
    private static String path(ObjectPath path) {
        int last = path.steps().size() - 1;
        if (last > 0
                && path.steps().get(last - 1) instanceof ObjectPath.Key(String parent)
                && parent.equals("hashes")
                && path.steps().get(last) instanceof ObjectPath.Key(String hash)
                && !Hash.stixName(hash).equals(hash)) {
            List<ObjectPath.Step> steps = new ArrayList<>(path.steps());
            steps.set(last, new ObjectPath.Key(Hash.stixName(hash)));
            return new ObjectPath(path.objectType(), steps).toString();
        }
        return path.toString();
    }
}
