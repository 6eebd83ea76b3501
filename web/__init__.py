"""The screens: HTTP and HTML, and nothing else. How a process is started and wired stands above, in host/."""
