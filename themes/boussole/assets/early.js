// Before the first line is drawn: that there are scripts, and which ground the reader chose.
document.documentElement.classList.add('js');
try {
  const theme = localStorage.getItem('boussole-theme');
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
} catch {
  // No storage: the system's ground.
}
