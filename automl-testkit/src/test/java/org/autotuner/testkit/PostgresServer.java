package org.autotuner.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.tukaani.xz.XZInputStream;

/**
 * A PostgreSQL server of its own in a temporary folder, from the programs of a Maven artifact on Linux on x86-64 and from
 * those of the system elsewhere. It refuses to run as root, so there it runs as nobody.
 */
final class PostgresServer implements ExtensionContext.Store.CloseableResource {

    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    private static final String OTHER_USER = "nobody";

    private final Path folder;
    private final Path programs;
    private final int port;

    private PostgresServer(Path folder, Path programs, int port) {
        this.folder = folder;
        this.programs = programs;
        this.port = port;
    }

    /**
     * Starts a server.
     *
     * @throws IOException that says why there is none
     */
    static PostgresServer start() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("autotuner-postgres");
        try {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            PostgresServer server = new PostgresServer(folder, programs(folder), freePort());
            server.initialise();
            server.begin();
            return server;
        } catch (IOException | InterruptedException | RuntimeException e) {
            delete(folder);
            throw e;
        }
    }

    /** JDBC address of its database. */
    String address() {
        return "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres".formatted(port);
    }

    private void initialise() throws IOException, InterruptedException {
        Path data = Files.createDirectory(folder.resolve("data"));
        if (isRoot()) {
            Files.setOwner(
                    data, folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(OTHER_USER));
        }
        run("initdb", "-D", data.toString(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync");
    }

    private void begin() throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        String options = "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off".formatted(port);
        run(
                "pg_ctl",
                "start",
                "-w",
                "-D",
                data.toString(),
                "-l",
                data.resolve("server.log").toString(),
                "-o",
                options);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run(
                "pg_ctl",
                "stop",
                "-w",
                "-m",
                "immediate",
                "-D",
                folder.resolve("data").toString());
        delete(folder);
    }

    private void run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("runuser", "-u", OTHER_USER, "--"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        execute(command, folder, folder.resolve(program + ".log"));
    }

    private static void execute(List<String> command, Path folder, Path output)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile()) // not a pipe, which the server would keep open
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("%s failed: %s".formatted(command, Files.readString(output)));
        }
    }

    private static Path programs(Path folder) throws IOException, InterruptedException {
        boolean isLinux = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux");
        if (isLinux && System.getProperty("os.arch").equals("amd64")) {
            return unpack(folder);
        }
        List<Path> places = new ArrayList<>();
        for (String place : System.getenv("PATH").split(java.io.File.pathSeparator)) {
            places.add(Path.of(place));
        }
        Path debian = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(debian)) {
            try (Stream<Path> versions = Files.list(debian)) {
                versions.map(version -> version.resolve("bin")).forEach(places::add);
            }
        }
        return places.stream()
                .filter(place -> Files.isExecutable(place.resolve("initdb")))
                .findFirst()
                .orElseThrow(() -> new IOException("no initdb in %s: install PostgreSQL's server".formatted(places)));
    }

    private static Path unpack(Path folder) throws IOException, InterruptedException {
        Path archive = folder.resolve("server.tar");
        try (InputStream packed = PostgresServer.class.getResourceAsStream(ARCHIVE)) {
            if (packed == null) {
                throw new IOException(ARCHIVE + " is not on the class path");
            }
            try (InputStream plain = new XZInputStream(packed);
                    OutputStream file = Files.newOutputStream(archive)) {
                plain.transferTo(file);
            }
        }
        List<String> command =
                List.of("tar", "-x", "--no-same-owner", "-f", archive.toString(), "-C", folder.toString());
        execute(command, folder, folder.resolve("tar.log"));
        Files.delete(archive);
        return folder.resolve("bin");
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }
}
