package uz.koprik.elasticsearch.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.elasticsearch.Build;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.node.NodeValidationException;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * Starts one node in this process and stays until it is ended. Arguments: the folder that holds {@code modules}, a folder for
 * settings, then settings of {@code elasticsearch.yml} as {@code key=value}.
 */
public final class EsNode {

    private EsNode() {}

    public static void main(String[] args) throws Exception {
        Path home = Path.of(args[0]).toAbsolutePath().normalize();
        Path config = Files.createDirectories(Path.of(args[1]).toAbsolutePath());
        Files.createDirectories(home.resolve("plugins"));
        describe(home, "transport-netty4", "org.elasticsearch.transport.netty4.Netty4Plugin");
        describe(home, "rest-root", "uz.koprik.elasticsearch.node.plugin.RootPlugin");
        describe(home, "leases", "uz.koprik.elasticsearch.node.plugin.LeasesPlugin");
        Files.writeString(config.resolve("log4j2.properties"), """
                status = error
                appender.console.type = Console
                appender.console.name = console
                appender.console.layout.type = PatternLayout
                appender.console.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}] %m%n
                rootLogger.level = info
                rootLogger.appenderRef.console.ref = console
                """);
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 2; i < args.length; i++) {
            int equals = args[i].indexOf('=');
            settings.put(args[i].substring(0, equals), args[i].substring(equals + 1));
        }
        run(InternalSettingsPreparer.prepareEnvironment(
                Settings.builder().put("path.home", home.toString()).build(), settings, config, () -> "node"));
    }

    private static void run(Environment environment)
            throws IOException, NodeValidationException, InterruptedException {
        LogConfigurator.registerErrorListener();
        LogConfigurator.setNodeName(environment.settings().get("node.name", "node"));
        LogConfigurator.setClusterName(environment.settings().get("cluster.name", "elasticsearch"));
        LogConfigurator.configure(environment, true);
        PluginsLoader plugins = PluginsLoader.createPluginsLoader(
                PluginsLoader.loadModulesBundles(environment.modulesDir(), false),
                PluginsLoader.loadPluginsBundles(environment.pluginsDir(), false),
                Map.of(),
                false); // the server runs from the class path: there is no named module to export from
        Node node = new Node(environment, plugins);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                node.prepareForClose();
                node.close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } finally {
                ended.countDown();
            }
        }));
        node.start();
        ended.await();
    }

    /** Modules say what they are in a file that the vendor's distribution has and the artifacts lack. */
    private static void describe(Path home, String name, String pluginClass) throws IOException {
        Path file = Files.createDirectories(home.resolve("modules").resolve(name)).resolve("plugin-descriptor.properties");
        if (Files.exists(file)) {
            return;
        }
        String version = Build.current().version();
        Path part = Files.createTempFile(home, "descriptor", ".part"); // nodes may start at the same time
        Files.writeString(part, String.join("\n", "name=" + name, "description=" + name, "version=" + version,
                "elasticsearch.version=" + version, "java.version=21", "classname=" + pluginClass, ""));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
