package uz.koprik.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each rule of docs/policy.md names a test that exists, and the rules are numbered without gaps. */
class PolicyPageTest {

    /** Names of the annotations of JUnit and jqwik that make a method a test. */
    private static final Set<String> ANNOTATIONS = Set.of("Test", "ParameterizedTest", "Property", "Example");

    private static final Path PAGE = Path.of("../docs/policy.md");

    /** A rule, or a sentence of the last section, with the lines that continue it. */
    private static final Pattern RULE = Pattern.compile("(?m)^(?:(\\d+)\\.|-) (.*(?:\\n +.*)*)");

    private static final Pattern TESTS = Pattern.compile("\\[(`[^\\]]*`)]\\s*$");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    /** Classes of the tests of all modules by simple name. */
    private static final Map<String, List<String>> CLASSES = new TreeMap<>();

    private static List<MatchResult> rules;

    @BeforeAll
    static void read() throws IOException {
        for (String module : List.of("crypto", "indicators", "gateway")) {
            Path sources = Path.of("..", module, "src/test/java");
            try (Stream<Path> files = Files.walk(sources)) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(file -> {
                    String name = sources.relativize(file).toString().replace('/', '.');
                    String full = name.substring(0, name.length() - ".java".length());
                    CLASSES.computeIfAbsent(full.substring(full.lastIndexOf('.') + 1), simple -> new ArrayList<>())
                            .add(full);
                });
            }
        }
        rules = RULE.matcher(Files.readString(PAGE)).results().toList();
    }

    @Test
    void rulesAreNumberedWithoutGaps() {
        List<Integer> numbers = rules.stream()
                .filter(rule -> rule.group(1) != null)
                .map(rule -> Integer.valueOf(rule.group(1)))
                .toList();
        assertTrue(numbers.size() >= 25, () -> "rules: " + numbers);
        assertEquals(IntStream.rangeClosed(1, numbers.size()).boxed().toList(), numbers);
    }

    @Test
    void everyRuleNamesATestThatExists() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (MatchResult rule : rules) {
            List<String> tests = TESTS.matcher(rule.group(2))
                    .results()
                    .flatMap(tail -> NAME.matcher(tail.group(1)).results())
                    .map(name -> name.group(1))
                    .toList();
            if (tests.isEmpty()) {
                wrong.add("no test: " + rule.group());
            }
            for (String test : tests) {
                if (!exists(test)) {
                    wrong.add("no such test: " + test);
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** A name is a class, a class and its method, or a method of the test of the decision. */
    private static boolean exists(String test) throws ClassNotFoundException {
        boolean method = Character.isLowerCase(test.charAt(0));
        String[] names = (method ? "ReleaseDecisionTest." + test : test).split("\\.", -1);
        for (String full : CLASSES.getOrDefault(names[0], List.of())) {
            List<Method> methods = methods(Class.forName(full));
            if (names.length == 1
                    ? !methods.isEmpty()
                    : methods.stream().anyMatch(one -> one.getName().equals(names[1]))) {
                return true;
            }
        }
        return false;
    }

    private static List<Method> methods(Class<?> type) {
        List<Method> tests = new ArrayList<>();
        for (Class<?> one = type; one != null; one = one.getSuperclass()) {
            Arrays.stream(one.getDeclaredMethods())
                    .filter(method -> Arrays.stream(method.getAnnotations())
                            .anyMatch(mark ->
                                    ANNOTATIONS.contains(mark.annotationType().getSimpleName())))
                    .forEach(tests::add);
        }
        return tests;
    }
}
