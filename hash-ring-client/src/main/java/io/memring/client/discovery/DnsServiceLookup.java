package io.memring.client.discovery;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/** SRV records (RFC 2782) by the DNS client that the JDK has behind JNDI. */
final class DnsServiceLookup implements ServiceLookup {
    private static final String RECORD_TYPE = "SRV";

    private final Properties environment = new Properties();

    DnsServiceLookup(String url) {
        environment.setProperty(
                Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.setProperty(Context.PROVIDER_URL, url);
        environment.setProperty("com.sun.jndi.dns.timeout.initial", "1000");
        environment.setProperty("com.sun.jndi.dns.timeout.retries", "3");
    }

    @Override
    @SuppressWarnings("BanJNDI") // The DNS client returns texts; nothing is deserialised.
    public List<ServiceRecord> providers(String service) throws IOException {
        try {
            InitialDirContext dns = new InitialDirContext(environment);
            try {
                return providers(
                        dns.getAttributes(service, new String[] {RECORD_TYPE}).get(RECORD_TYPE));
            } finally {
                dns.close();
            }
        } catch (NameNotFoundException e) {
            return List.of();
        } catch (NamingException e) {
            throw new IOException("cannot ask for " + service + ": " + e.getMessage(), e);
        }
    }

    private static List<ServiceRecord> providers(@Nullable Attribute records)
            throws NamingException, IOException {
        List<ServiceRecord> providers = new ArrayList<>();
        if (records == null) {
            return providers;
        }
        NamingEnumeration<?> texts = records.getAll();
        while (texts.hasMore()) {
            providers.add(provider(String.valueOf(texts.next())));
        }
        return providers;
    }

    /** Reads {@code priority weight port target.} */
    private static ServiceRecord provider(String text) throws IOException {
        String[] parts = text.split(" ", -1);
        try {
            String host = parts[3].endsWith(".") ? chop(parts[3]) : parts[3];
            return new ServiceRecord(
                    Integer.parseInt(parts[0]),
                    Integer.parseInt(parts[1]),
                    host,
                    Integer.parseInt(parts[2]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IOException("no SRV record: " + text, e);
        }
    }

    private static String chop(String host) {
        return host.substring(0, host.length() - 1);
    }
}
