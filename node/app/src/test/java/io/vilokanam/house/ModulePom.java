package io.vilokanam.house;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What a pom says about a module: its name, the modules below it in the build, and what its code depends on. */
record ModulePom(String artifact, List<String> modules, List<Dependency> dependencies) {

    /** @param isOurs whether it is a module of this house */
    record Dependency(String artifact, boolean isOurs, boolean isForTests) {}

    static ModulePom parse(String xml) {
        Element project = root(xml);
        List<Dependency> dependencies = children(project, "dependencies").stream()
                .flatMap(list -> children(list, "dependency").stream()).map(ModulePom::dependency).toList();
        List<String> modules = children(project, "modules").stream()
                .flatMap(list -> children(list, "module").stream()).map(module -> module.getTextContent().strip())
                .toList();
        return new ModulePom(text(project, "artifactId"), modules, dependencies);
    }

    private static Dependency dependency(Element element) {
        return new Dependency(text(element, "artifactId"), text(element, "groupId").equals("io.vilokanam"),
                text(element, "scope").equals("test"));
    }

    private static Element root(String xml) {
        try {
            var factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml))).getDocumentElement();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalArgumentException("a pom that is no XML: " + xml, e);
        }
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    private static String text(Element parent, String name) {
        List<Element> found = children(parent, name);
        return found.isEmpty() ? "" : found.getFirst().getTextContent().strip();
    }
}
